import { usePackages } from '../../hooks/useDeployment';
import { Empty, Loaded } from '../feedback';
import { Section, Table } from '../layout';
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
              columns={[
                { title: 'Package' },
                { title: 'Version' },
                { title: 'What it is for' },
              ]}
            >
              {providers.map(({ name, version, description }) => (
                <tr key={name} data-kind="provider-row">
                  <td data-label="Package" data-main>
                    <code>{name}</code>
                  </td>
                  <td data-label="Version" data-short>
                    {version}
                  </td>
                  <td data-label="What it is for">{description}</td>
                </tr>
              ))}
            </Table>
          </Section>
          <Section title={`Plugins (${plugins.length})`} kind="plugins">
            {plugins.length === 0 ? (
              <Empty>It has loaded no plugin.</Empty>
            ) : (
              <Table
                label="Plugins"
                columns={[{ title: 'Plugin' }, { title: 'From' }]}
              >
                {plugins.map(({ name, source }) => (
                  <tr key={`${name} ${source}`} data-kind="plugin-row">
                    <td data-label="Plugin" data-main>
                      {name}
                    </td>
                    <td data-label="From">{source}</td>
                  </tr>
                ))}
              </Table>
            )}
          </Section>
        </>
      )}
    </Loaded>
  );
}
