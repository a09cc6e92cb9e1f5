import { Grid, Skeleton, Text } from '@backstage/ui';
import { useClusters } from '../../data/useClusters';
import { ErrorPanel } from '../../ui/feedback';
import { ClusterCard } from './ClusterCard';

const columns = { initial: '1', sm: '2', lg: '3' } as const;

/** Every cluster as a card, in the order of the configuration. */
export function ClustersPage() {
  const clusters = useClusters();
  if (clusters.isPending) {
    return (
      <Grid.Root
        columns={columns}
        aria-busy="true"
        aria-label="Loading clusters"
        data-kind="loading"
        role="status"
      >
        {['a', 'b', 'c'].map(key => (
          <Skeleton key={key} width="100%" height={220} />
        ))}
      </Grid.Root>
    );
  }
  if (!clusters.data) {
    return (
      <ErrorPanel
        title="The clusters could not be loaded"
        error={clusters.error}
        onRetry={() => clusters.refetch()}
      />
    );
  }
  const { items } = clusters.data;
  if (items.length === 0) {
    return (
      <Text as="p" data-kind="empty">
        No cluster yet. Add one under airflow.clusters in the portal's
        configuration.
      </Text>
    );
  }
  return (
    <Grid.Root columns={columns} data-kind="clusters">
      {items.map(cluster => (
        <ClusterCard key={cluster.name} cluster={cluster} />
      ))}
    </Grid.Root>
  );
}
