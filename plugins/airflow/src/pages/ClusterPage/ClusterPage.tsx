import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Button, Link as OutLink, Text } from '@backstage/ui';
import { useCluster } from '../../data/useClusters';
import { useAction } from '../../data/useAction';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { useIds } from '../../ui/address/useIds';
import { clusterGlyphs, clusterWords } from '../../ui/clusterState';
import {
  isMissing,
  MissingPage,
  NextTry,
  problemText,
} from '../../ui/feedback';
import { AwaitedPage, PageHead } from '../../ui/layout';
import { ClusterTabs } from './ClusterTabs';

/** One Airflow: its health, what cannot be read and why, and all that is in it. */
export function ClusterPage() {
  const { cluster: name = '' } = useIds();
  const cluster = useCluster(name);
  const paths = useAirflowPaths();
  if (!cluster.data) {
    return isMissing(cluster.error) ? (
      <MissingPage
        error={cluster.error}
        back={{ to: paths.clusters, text: 'All clusters' }}
      />
    ) : (
      <AwaitedPage
        title={name}
        above={{ list: 'clusters' }}
        what="cluster"
        query={cluster}
      />
    );
  }
  const { data } = cluster;
  return (
    <article data-kind="cluster-page" data-cluster={data.name}>
      <PageHead
        title={data.title}
        above={{ list: 'clusters' }}
        sign={clusterGlyphs[data.status]}
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
          {problemText(data.problem)}
          <NextTry problem={data.problem} />
        </Text>
      )}
      <ClusterTabs cluster={data} />
    </article>
  );
}

function RefreshButton({ cluster }: { cluster: string }) {
  const refresh = useAction(airflowEndpoints.refreshCluster, {
    waitsForReading: true,
  });
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
        onPress={() => refresh.mutate({ params: { cluster }, query: {} })}
        data-kind="refresh-button"
      >
        Refresh now
      </Button>
    </>
  );
}
