import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { CollectionKind } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Alerting } from '../alerts';
import type { Delivering } from '../alerts/delivery';
import type { Rule } from '../rules';
import type { ClusterRegistry } from '../clusters';
import type { CollectionScheduler } from '../collectors';
import type { OwnershipKeeper } from '../ownership';
import type { GrantReader, ResourceReader } from '../permissions';
import type { Stores } from '../store';
import { Access } from './kit/Access';
import { AlertService } from './alerts/AlertService';
import { AssetService } from './dags/AssetService';
import { Audit } from './kit/Audit';
import { BackfillService } from './actions/BackfillService';
import { callerOf } from './kit/caller';
import { ClearService } from './actions/ClearService';
import { Blindness } from './kit/blindness';
import { ClusterService } from './clusters/ClusterService';
import { CoverageReader } from './kit/coverage';
import { Deeds } from './actions/Deeds';
import { DeliveryService } from './alerts/DeliveryService';
import { DagService } from './dags/DagService';
import { DeploymentService } from './clusters/DeploymentService';
import { GridService } from './runs/GridService';
import { HumanInputService } from './actions/HumanInputService';
import { MarkService } from './actions/MarkService';
import { MissingPart } from './kit/MissingPart';
import { NoteService } from './actions/NoteService';
import { OverviewService } from './clusters/OverviewService';
import { OwnerScopes } from './owners/OwnerScopes';
import { OwnerService } from './owners/OwnerService';
import { RemovalService } from './actions/RemovalService';
import { RunService } from './runs/RunService';
import { RunWaits } from './runs/RunWaits';
import { SearchService } from './clusters/SearchService';
import { SourceService } from './dags/SourceService';
import { StatisticsService } from './runs/StatisticsService';
import { TaskDetailsService } from './runs/TaskDetailsService';
import { TaskErrorService } from './runs/TaskErrorService';
import { TaskService } from './runs/TaskService';

export { callerOf } from './kit/caller';
export { ProblemError } from './kit/ProblemError';

/** Everything that callers may do, each with its permission checked. */
export interface Services {
  alerts: AlertService;
  assets: AssetService;
  backfills: BackfillService;
  clear: ClearService;
  clusters: ClusterService;
  dags: DagService;
  deliveries: DeliveryService;
  deployment: DeploymentService;
  humanInputs: HumanInputService;
  marks: MarkService;
  notes: NoteService;
  grid: GridService;
  overview: OverviewService;
  owners: OwnerService;
  removal: RemovalService;
  runs: RunService;
  search: SearchService;
  sources: SourceService;
  statistics: StatisticsService;
  taskDetails: TaskDetailsService;
  taskErrors: TaskErrorService;
  tasks: TaskService;
}

export function createServices(options: {
  registry: ClusterRegistry;
  stores: Stores;
  collections: CollectionScheduler;
  ownership: OwnershipKeeper;
  alerting: Alerting;
  rules: readonly Rule[];
  delivery: Delivering;
  auth: AuthService;
  userInfo: UserInfoService;
  permissions: PermissionsService;
  grantReader: GrantReader;
  resources: ResourceReader;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  intervalsMs: Record<CollectionKind, number>;
}): Services {
  const { stores } = options;
  const access = new Access(
    options.permissions,
    options.grantReader,
    options.resources,
    options.registry,
  );
  const { auth, httpAuth } = options;
  const audit = new Audit(
    options.auditor,
    stores.deeds,
    async request =>
      callerOf(
        auth,
        await httpAuth.credentials(request, { allow: ['user', 'service'] }),
      ),
    options.logger,
  );
  const deeds = new Deeds(access, audit);
  const ownerScopes = new OwnerScopes(options.auth, options.userInfo);
  const coverage = new CoverageReader(stores.collections, options.intervalsMs);
  const grid = new GridService(access, stores.runs);
  const missing = new MissingPart(stores);
  const taskDetails = new TaskDetailsService(access, missing);
  const taskErrors = new TaskErrorService(access, missing);
  const tasks = new TaskService(access, missing, grid, taskDetails, taskErrors);
  const dags = new DagService(access, ownerScopes, stores, coverage, audit);
  const runs = new RunService(
    access,
    ownerScopes,
    stores,
    dags,
    new RunWaits(stores.dags, stores.runs),
    missing,
    tasks,
    coverage,
    audit,
  );
  return {
    alerts: new AlertService(
      access,
      ownerScopes,
      stores,
      options.alerting,
      options.rules,
      coverage,
      new Blindness(stores.collections, coverage),
      options.auth,
      audit,
    ),
    backfills: new BackfillService(access, deeds, runs),
    assets: new AssetService(access),
    clear: new ClearService(access, runs, audit, missing),
    clusters: new ClusterService(access, stores, options.collections, coverage),
    dags,
    deliveries: new DeliveryService(
      access,
      stores.deliveries,
      options.delivery.sender,
      audit,
      options.delivery.mailRemark,
    ),
    grid,
    overview: new OverviewService(
      access,
      ownerScopes,
      stores.overview,
      coverage,
    ),
    owners: new OwnerService(
      access,
      stores,
      options.ownership,
      options.auth,
      audit,
    ),
    humanInputs: new HumanInputService(access, deeds, runs, missing),
    marks: new MarkService(deeds, runs, missing),
    notes: new NoteService(deeds, runs, missing),
    removal: new RemovalService(deeds, runs, stores.dags, missing),
    deployment: new DeploymentService(access, stores.deeds),
    search: new SearchService(access, stores.dagDocs),
    sources: new SourceService(access),
    statistics: new StatisticsService(access, stores),
    runs,
    taskDetails,
    taskErrors,
    tasks,
  };
}
