import type {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type {
  CollectionKind,
  LogEntry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
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
import { ClearService } from './actions/ClearService';
import { Blindness } from './kit/blindness';
import { ClusterService } from './clusters/ClusterService';
import { CoverageReader } from './kit/coverage';
import { DeliveryService } from './alerts/DeliveryService';
import { DagService } from './dags/DagService';
import { DeploymentService } from './clusters/DeploymentService';
import type { Answer, Asked, OperationId } from './kit/asked';
import { Gate } from './kit/Gate';
import { GridService } from './runs/GridService';
import { HumanInputService } from './actions/HumanInputService';
import { createLiveCache } from './kit/LiveCache';
import { LogSearches } from './runs/LogSearches';
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
export type { AskedOf, Checked } from './kit/asked';
export type { Gate } from './kit/Gate';
export { ProblemError } from './kit/ProblemError';

/** The operations of the contract that answer with JSON, for those whom the gate let through. */
export type Operations = {
  [Id in Exclude<OperationId, 'streamTaskLog'>]: (
    asked: Asked<Id>,
  ) => Promise<Answer<Id>>;
};

/** What callers may do, and what decides whether they may. */
export interface Services {
  gate: Gate;
  operations: Operations;
  streamTaskLog: (
    asked: Asked<'streamTaskLog'>,
  ) => Promise<AsyncIterable<LogEntry>>;
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
  const audit = new Audit(options.auditor, stores.actions, options.logger);
  const ownerScopes = new OwnerScopes(options.auth, options.userInfo);
  const coverage = new CoverageReader(stores.collections, options.intervalsMs);
  const missing = new MissingPart(stores);
  const live = createLiveCache();
  const grid = new GridService(stores.runs, live);
  const taskDetails = new TaskDetailsService(missing, live);
  const taskErrors = new TaskErrorService(new LogSearches(live), missing);
  const tasks = new TaskService(missing, taskDetails, live);
  const runs = new RunService(
    ownerScopes,
    stores,
    new RunWaits(stores.dags, stores.runs),
    missing,
    coverage,
    live,
  );
  const alerts = new AlertService(
    ownerScopes,
    stores,
    options.alerting,
    options.rules,
    coverage,
    new Blindness(stores.collections, coverage),
  );
  const assets = new AssetService(access, live);
  const backfills = new BackfillService(runs, live);
  const clear = new ClearService(runs, missing);
  const clusters = new ClusterService(
    access,
    stores,
    options.collections,
    coverage,
  );
  const dags = new DagService(ownerScopes, stores, coverage, live);
  const deliveries = new DeliveryService(
    stores.deliveries,
    options.delivery.sender,
    options.delivery.mailRemark,
  );
  const deployment = new DeploymentService(access, stores.actions, live);
  const humanInputs = new HumanInputService(runs, missing, live);
  const marks = new MarkService(runs, missing);
  const notes = new NoteService(runs, missing);
  const overview = new OverviewService(ownerScopes, stores.overview, coverage);
  const owners = new OwnerService(stores, options.ownership);
  const removal = new RemovalService(stores, missing);
  const search = new SearchService(stores.dagDocs);
  const sources = new SourceService(live);
  const statistics = new StatisticsService(stores, live);

  return {
    gate: new Gate(access, audit, live),
    streamTaskLog: asked => tasks.log(asked),
    operations: {
      getOverview: asked => overview.get(asked),
      listDagDocuments: asked => search.documents(asked),

      listClusters: asked => clusters.list(asked),
      getCluster: asked => clusters.get(asked),
      testCluster: asked => clusters.test(asked),
      refreshCluster: asked => clusters.refresh(asked),
      listImportErrors: asked => clusters.listImportErrors(asked),
      listPools: asked => deployment.listPools(asked),
      listPackages: asked => deployment.listPackages(asked),
      listActivity: asked => deployment.listActivity(asked),

      listDags: asked => dags.list(asked),
      listDagFacets: asked => dags.facets(asked),
      getDag: asked => dags.get(asked),
      getDagDetails: asked => dags.getDetails(asked),
      getDagSource: asked => sources.get(asked),
      listDagVersions: asked => sources.listVersions(asked),
      listDagAssets: asked => assets.list(asked),
      listAssetEvents: asked => assets.listEvents(asked),
      getDagStructure: asked => grid.structure(asked),
      listTaskSummaries: asked => grid.summaries(asked),
      listTaskCounts: asked => grid.counts(asked),
      getRunStatistics: asked => statistics.runs(asked),
      getTaskStatistics: asked => statistics.ofTasks(asked),
      getCalendar: asked => statistics.calendar(asked),
      setDagPaused: asked => dags.setPaused(asked),
      setDagOwner: asked => owners.setOwner(asked),
      reparseDag: asked => removal.reparse(asked),
      deleteDag: asked => removal.deleteDag(asked),
      listBackfills: asked => backfills.list(asked),
      createBackfill: asked => backfills.create(asked),
      changeBackfill: asked => backfills.change(asked),

      listRuns: asked => runs.list(asked),
      getRun: asked => runs.get(asked),
      triggerDag: asked => runs.trigger(asked),
      clearRun: asked => clear.clear(asked),
      markRun: asked => marks.markRun(asked),
      setRunNote: asked => notes.setRunNote(asked),
      deleteRun: asked => removal.deleteRun(asked),

      listTaskInstances: asked => tasks.list(asked),
      listMappedInstances: asked => tasks.listMapped(asked),
      listTaskTries: asked => tasks.listTries(asked),
      getTaskError: asked => taskErrors.read(asked),
      getTaskFacts: asked => taskDetails.facts(asked),
      listWaitReasons: asked => taskDetails.waitReasons(asked),
      listXComs: asked => taskDetails.xcoms(asked),
      getXCom: asked => taskDetails.xcom(asked),
      listRenderedFields: asked => taskDetails.rendered(asked),
      markTasks: asked => marks.markTasks(asked),
      setTaskNote: asked => notes.setTaskNote(asked),
      listHumanInputs: asked => humanInputs.list(asked),
      answerHumanInput: asked => humanInputs.answer(asked),

      listAlerts: asked => alerts.list(asked),
      listAlertFacets: asked => alerts.facets(asked),
      getAlert: asked => alerts.get(asked),
      acknowledgeAlerts: asked => alerts.acknowledge(asked),
      resolveAlerts: asked => alerts.resolve(asked),
      listAlertRules: asked => alerts.rules(asked),
      listDeliveries: asked => deliveries.list(asked),
      resendDelivery: asked => deliveries.resend(asked),
    },
  };
}
