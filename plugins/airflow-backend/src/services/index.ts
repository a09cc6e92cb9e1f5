import type {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { CollectionKind } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ClusterRegistry } from '../clusters';
import type { CollectionScheduler } from '../collectors';
import type { Stores } from '../store';
import { Access } from './Access';
import { Audit } from './Audit';
import { ClusterService } from './ClusterService';
import { CoverageReader } from './coverage';
import { DagService } from './DagService';
import { OverviewService } from './OverviewService';
import { RunService } from './RunService';
import { SearchService } from './SearchService';
import { TaskService } from './TaskService';

export { ProblemError } from './ProblemError';

/** Everything that callers may do, each with its permission checked. */
export interface Services {
  clusters: ClusterService;
  dags: DagService;
  overview: OverviewService;
  runs: RunService;
  search: SearchService;
  tasks: TaskService;
}

export function createServices(options: {
  registry: ClusterRegistry;
  stores: Stores;
  collections: CollectionScheduler;
  permissions: PermissionsService;
  auditor: AuditorService;
  intervalsMs: Record<CollectionKind, number>;
}): Services {
  const { stores } = options;
  const access = new Access(options.permissions, options.registry);
  const audit = new Audit(options.auditor);
  const coverage = new CoverageReader(stores.collections, options.intervalsMs);
  const tasks = new TaskService(access, stores.runs);
  return {
    clusters: new ClusterService(access, stores, options.collections, coverage),
    dags: new DagService(access, stores, coverage, audit),
    overview: new OverviewService(access, stores.overview, coverage),
    search: new SearchService(access, stores.dagDocs),
    runs: new RunService(access, stores.runs, tasks, coverage, audit),
    tasks,
  };
}
