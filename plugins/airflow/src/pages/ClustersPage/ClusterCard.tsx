import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Card, CardBody, CardHeader, Flex, Link, Text } from '@backstage/ui';
import { Link as InLink } from 'react-router-dom';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import {
  ClockSkew,
  ClusterCounts,
  clusterWords,
  ComponentLights,
} from '../../ui/clusterState';
import { problemText } from '../../ui/feedback';
import { Moment } from '../../ui/time';
import styles from './ClusterCard.module.css';

function lastRead(cluster: Cluster): string | null {
  const moments = cluster.collections.flatMap(c => c.lastSuccessAt ?? []);
  return moments.sort().at(-1) ?? null;
}

/** One cluster: how it is, why, what runs there, and how old these facts are. */
export function ClusterCard(props: { cluster: Cluster }) {
  const { cluster } = props;
  const readAt = lastRead(cluster);
  const paths = useAirflowPaths();
  return (
    <Card data-kind="cluster-card" data-status={cluster.status}>
      <CardHeader>
        <Flex justify="between" align="baseline">
          <Text as="h2" variant="title-x-small">
            <InLink to={paths.cluster(cluster.name)} className={styles.title}>
              {cluster.title}
            </InLink>
          </Text>
          <span className={styles.status} data-status={cluster.status}>
            {clusterWords[cluster.status]}
          </span>
        </Flex>
        <Text variant="body-small" color="secondary">
          {[cluster.environment, cluster.airflowVersion]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </CardHeader>
      <CardBody>
        {cluster.problem && (
          <Text as="p" variant="body-small">
            {problemText(cluster.problem)}
          </Text>
        )}
        <ClockSkew clock={cluster.clock} />
        <ComponentLights cluster={cluster} />
        {cluster.counts && <ClusterCounts counts={cluster.counts} />}
        <Flex justify="between">
          <Text variant="body-small" color="secondary">
            {readAt ? (
              <>
                read <Moment at={readAt} />
              </>
            ) : (
              'never read'
            )}
          </Text>
          <Link href={cluster.webUrl} target="_blank">
            Open Airflow
          </Link>
        </Flex>
      </CardBody>
    </Card>
  );
}
