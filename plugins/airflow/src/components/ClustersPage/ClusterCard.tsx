import type {
  Cluster,
  ClusterStatus,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Card, CardBody, CardHeader, Flex, Link, Text } from '@backstage/ui';
import { Moment } from '../time';
import { ComponentLights } from './ComponentLights';
import styles from './ClusterCard.module.css';

const words: Record<ClusterStatus, string> = {
  healthy: '✔ healthy',
  degraded: '! degraded',
  unreachable: '✖ cannot be read',
  unknown: '? not read yet',
};

function lastRead(cluster: Cluster): string | null {
  const moments = cluster.collections.flatMap(c => c.lastSuccessAt ?? []);
  return moments.sort().at(-1) ?? null;
}

function Counts(props: { counts: NonNullable<Cluster['counts']> }) {
  const { counts } = props;
  const figures: [name: string, value: number][] = [
    ['DAGs', counts.dags],
    ['running', counts.runningRuns],
    ['failed 24 h', counts.failedRuns24h],
    ['import errors', counts.importErrors],
  ];
  return (
    <dl className={styles.counts}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One cluster: how it is, why, what runs there, and how old these facts are. */
export function ClusterCard(props: { cluster: Cluster }) {
  const { cluster } = props;
  const readAt = lastRead(cluster);
  return (
    <Card data-kind="cluster-card" data-status={cluster.status}>
      <CardHeader>
        <Flex justify="between" align="baseline">
          <Text as="h3" variant="title-x-small">
            {cluster.title}
          </Text>
          <span className={styles.status} data-status={cluster.status}>
            {words[cluster.status]}
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
            {cluster.problem.message} {cluster.problem.hint}
          </Text>
        )}
        <ComponentLights components={cluster.components} />
        {cluster.counts && <Counts counts={cluster.counts} />}
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
