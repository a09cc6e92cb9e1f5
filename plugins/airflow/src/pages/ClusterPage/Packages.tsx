import { usePackages } from '../../data/useDeployment';
import { Empty, Loaded } from '../../ui/feedback';
import { Section, Table } from '../../ui/layout';
import type { ClusterTabProps } from './ClusterTabProps';

/** What is installed in an Airflow. */
export function Packages({ cluster }: ClusterTabProps) {
  const packages = usePackages(cluster.name);
  return (
    <Loaded what="providers and plugins" query={packages}>
      {({ providers, plugins }) => (
        <>
          <Section title={`Providers (${providers.length})`} kind="providers">
            <Table
              label="Providers"
              kind="provider-row"
              rows={providers}
              keyOf={({ name }) => name}
              columns={[
                {
                  title: 'Package',
                  isMain: true,
                  cell: ({ name }) => <code>{name}</code>,
                },
                {
                  title: 'Version',
                  isShort: true,
                  cell: ({ version }) => version,
                },
                {
                  title: 'Description',
                  cell: ({ description }) => description,
                },
              ]}
            />
          </Section>
          <Section title={`Plugins (${plugins.length})`} kind="plugins">
            {plugins.length === 0 ? (
              <Empty>No plugins loaded.</Empty>
            ) : (
              <Table
                label="Plugins"
                kind="plugin-row"
                rows={plugins}
                keyOf={({ name, source }) => `${name} ${source}`}
                columns={[
                  { title: 'Plugin', isMain: true, cell: ({ name }) => name },
                  { title: 'From', cell: ({ source }) => source },
                ]}
              />
            )}
          </Section>
        </>
      )}
    </Loaded>
  );
}
