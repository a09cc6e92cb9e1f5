import {
  capabilities,
  clockApart,
  type Cluster,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ClusterCounts, ComponentLights } from '../../ui/clusterState';
import { Empty } from '../../ui/feedback';
import { Facts, Section } from '../../ui/layout';
import { capabilityWords } from './capabilityWords';
import styles from './ClusterPage.module.css';
import type { ClusterTabProps } from './ClusterTabProps';
import { Collections } from './Collections';

/** How a cluster is, what it is and what it can do. */
export function ClusterOverview({ cluster }: ClusterTabProps) {
  return (
    <>
      <Facts
        facts={[
          ['Name', <code>{cluster.name}</code>],
          ['Airflow', cluster.airflowVersion],
          ['Environment', cluster.environment],
          [
            'Owner',
            cluster.owner && (
              <EntityRefLink entityRef={cluster.owner} defaultKind="group" />
            ),
          ],
          ['Tags', cluster.tags.join(', ') || null],
          ['In the portal', cluster.readOnly ? 'read-only' : null],
          ["The portal's user", userWords(cluster)],
          ['Clock', clockWords(cluster)],
        ]}
      />
      <Section title="Health" kind="cluster-health">
        {cluster.components.length > 0 ? (
          <ComponentLights cluster={cluster} />
        ) : (
          <Empty>Its health has not been read yet.</Empty>
        )}
      </Section>
      {cluster.counts && <ClusterCounts counts={cluster.counts} />}
      <Section title="What this Airflow can do" kind="capabilities">
        <Capabilities cluster={cluster} />
      </Section>
      <Section title="Readings" kind="collections">
        <Collections collections={cluster.collections} />
      </Section>
    </>
  );
}

function userWords({ mayWrite }: Cluster): string | null {
  if (mayWrite === null) return null;
  return mayWrite ? 'may change things' : '⊘ may only read';
}

function clockWords({ clock }: Cluster): string | null {
  if (!clock) return null;
  return clock.offsetMs === 0
    ? "as the portal's"
    : `${clockApart(clock)} the portal's`;
}

function Capabilities({ cluster }: { cluster: Cluster }) {
  if (cluster.airflowVersion === null) {
    return <Empty>Known once its version has been read.</Empty>;
  }
  return (
    <ul className={styles.capabilities}>
      {capabilities.map(name => {
        const isThere = cluster.capabilities.includes(name);
        return (
          <li key={name} data-kind="capability" data-there={isThere}>
            <span aria-hidden="true">{isThere ? '✔' : '–'}</span>{' '}
            {isThere ? '' : 'no '}
            {capabilityWords[name]}
          </li>
        );
      })}
    </ul>
  );
}
