import { PageTabs, type PageTab } from '../../ui/layout';
import { ActivityLog } from './ActivityLog';
import { ClusterDags } from './ClusterDags';
import { ClusterOverview } from './ClusterOverview';
import type { ClusterTabProps } from './ClusterTabProps';
import { ImportErrors } from './ImportErrors';
import { Packages } from './Packages';
import { Pools } from './Pools';

const tabs: readonly PageTab<ClusterTabProps>[] = [
  { id: 'overview', title: 'Overview', Panel: ClusterOverview },
  { id: 'dags', title: 'DAGs', Panel: ClusterDags },
  { id: 'import-errors', title: 'Import errors', Panel: ImportErrors },
  { id: 'pools', title: 'Pools', Panel: Pools },
  { id: 'packages', title: 'Providers and plugins', Panel: Packages },
  { id: 'activity', title: 'Activity', Panel: ActivityLog },
];

/** A cluster from all sides. */
export function ClusterTabs(props: ClusterTabProps) {
  return <PageTabs label="Cluster" tabs={tabs} page={props} />;
}
