import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, Link as OutLink, Text } from '@backstage/ui';
import { Link, useParams } from 'react-router-dom';
import { useRefreshCluster } from '../../hooks/useActions';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { useCluster } from '../../hooks/useClusters';
import { useDags } from '../../hooks/useDags';
import { ClusterCounts, clusterWords, ComponentLights } from '../ClustersPage';
import { DagTable } from '../DagsPage';
import {
  Empty,
  ErrorPanel,
  isMissing,
  Loading,
  MissingPage,
} from '../feedback';
import { Facts, PageHead, Section } from '../layout';
import { Collections } from './Collections';
import { ImportErrors } from './ImportErrors';

const SHOWN_DAGS = 50;

/** One Airflow: its health, what cannot be read and why, its DAGs and import errors. */
export function ClusterPage() {
  const { cluster: name = '' } = useParams();
  const cluster = useCluster(name);
  const paths = useAirflowPaths();
  if (cluster.isPending) return <Loading what="the cluster" rows={8} />;
  if (!cluster.data) {
    return isMissing(cluster.error) ? (
      <MissingPage
        error={cluster.error}
        back={{ to: paths.clusters, text: 'All clusters' }}
      />
    ) : (
      <ErrorPanel
        title="The cluster could not be loaded"
        error={cluster.error}
        onRetry={() => cluster.refetch()}
      />
    );
  }
  const { data } = cluster;
  return (
    <article data-kind="cluster-page" data-cluster={data.name}>
      <PageHead
        title={data.title}
        above={{}}
        beside={
          <Text
            color={data.status === 'healthy' ? 'secondary' : 'danger'}
            data-kind="cluster-status"
          >
            {clusterWords[data.status]}
          </Text>
        }
        actions={
          <>
            <RefreshButton cluster={data.name} />
            <OutLink href={data.webUrl} target="_blank">
              Open Airflow
            </OutLink>
          </>
        }
      />
      {data.problem && (
        <Text as="p" color="danger" data-kind="cluster-problem">
          {data.problem.message} {data.problem.hint}
        </Text>
      )}
      <ClusterFacts cluster={data} />
      {data.components.length > 0 && (
        <Section title="Health" kind="cluster-health">
          <ComponentLights components={data.components} />
        </Section>
      )}
      {data.counts && <ClusterCounts counts={data.counts} />}
      <Section title="Readings" kind="collections">
        <Collections collections={data.collections} />
      </Section>
      <Section title="Import errors" kind="import-errors">
        <ImportErrors cluster={data.name} />
      </Section>
      <Section title="DAGs" kind="cluster-dags">
        <ClusterDags cluster={data.name} />
      </Section>
    </article>
  );
}

function ClusterFacts({ cluster }: { cluster: Cluster }) {
  return (
    <Facts
      facts={[
        ['Name', <code>{cluster.name}</code>],
        ['Airflow', cluster.airflowVersion],
        ['Environment', cluster.environment],
        ['Owner', cluster.owner],
        ['Tags', cluster.tags.join(', ') || null],
        ['In the portal', cluster.readOnly ? 'read-only' : null],
        [
          'Can do',
          cluster.capabilities.join(', ').replaceAll('-', ' ') || null,
        ],
      ]}
    />
  );
}

function RefreshButton({ cluster }: { cluster: string }) {
  const refresh = useRefreshCluster(cluster);
  return (
    <>
      {refresh.error && (
        <Text color="danger" role="alert">
          {refresh.error.message}
        </Text>
      )}
      <Button
        variant="secondary"
        isPending={refresh.isPending}
        onPress={() => refresh.mutate()}
        data-kind="refresh-button"
      >
        Read again now
      </Button>
    </>
  );
}

function ClusterDags({ cluster }: { cluster: string }) {
  const paths = useAirflowPaths();
  const dags = useDags({
    filter: { cluster: [cluster] },
    sort: '-lastRunAt',
    limit: SHOWN_DAGS,
  });
  if (dags.isPending) return <Loading what="DAGs" />;
  if (!dags.data) {
    return (
      <ErrorPanel
        title="The DAGs could not be loaded"
        error={dags.error}
        onRetry={() => dags.refetch()}
      />
    );
  }
  const { items, total, coverage } = dags.data;
  if (items.length === 0) {
    return <Empty>No DAG of it was read yet.</Empty>;
  }
  return (
    <>
      <DagTable dags={items} coverage={coverage} />
      <Link to={`${paths.dags}?cluster=${encodeURIComponent(cluster)}`}>
        All {total} DAGs, to filter and sort
      </Link>
    </>
  );
}
