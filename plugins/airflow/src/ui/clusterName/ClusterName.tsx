import { useClusterOf } from '../../data/useClusters';

/** What people call a cluster, once it is known; the name until then, and to those who may not see the cluster. */
export function ClusterName({ cluster }: { cluster: string }) {
  const title = useClusterOf({ cluster })?.title ?? cluster;
  return <span title={title === cluster ? undefined : cluster}>{title}</span>;
}
