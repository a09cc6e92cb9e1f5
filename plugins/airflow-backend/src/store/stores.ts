import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { readdir } from 'node:fs/promises';
import { AlertFactStore } from './alerts/AlertFactStore';
import { AlertStore } from './alerts/AlertStore';
import { ClusterStore } from './clusters/ClusterStore';
import { CollectionStore } from './clusters/CollectionStore';
import { DagDocsStore } from './dags/DagDocsStore';
import { DagOwnerStore } from './owners/DagOwnerStore';
import { DagStore } from './dags/DagStore';
import { ActionStore } from './runs/ActionStore';
import { DeliveryQueue } from './alerts/DeliveryQueue';
import { DeliveryStore } from './alerts/DeliveryStore';
import { FirstReadingStore } from './clusters/FirstReadingStore';
import { GoneStore } from './clusters/GoneStore';
import { HealthStore } from './clusters/HealthStore';
import { ImportErrorStore } from './dags/ImportErrorStore';
import { MissingOwnerStore } from './owners/MissingOwnerStore';
import { OverviewStore } from './runs/OverviewStore';
import { OwnerClaimStore } from './owners/OwnerClaimStore';
import { OwnerSettingStore } from './owners/OwnerSettingStore';
import { PromisedRunStore } from './runs/PromisedRunStore';
import { ResourceStore } from './clusters/ResourceStore';
import { RunCheckStore } from './runs/RunCheckStore';
import { RunProgressStore } from './clusters/RunProgressStore';
import { RunStore } from './runs/RunStore';
import { StatisticsStore } from './runs/StatisticsStore';
import { inTurns } from './kit/turns';
import { ZoneStore } from './dags/ZoneStore';

export const migrationsDir = resolvePackagePath(
  '@airflow-fleet/backstage-plugin-airflow-backend',
  'migrations',
);

/** Every store over one database. */
export interface Stores {
  alertFacts: AlertFactStore;
  alerts: AlertStore;
  clusters: ClusterStore;
  collections: CollectionStore;
  dagDocs: DagDocsStore;
  dagOwners: DagOwnerStore;
  dags: DagStore;
  actions: ActionStore;
  deliveries: DeliveryStore;
  deliveryQueue: DeliveryQueue;
  firstReadings: FirstReadingStore;
  gone: GoneStore;
  health: HealthStore;
  importErrors: ImportErrorStore;
  missingOwners: MissingOwnerStore;
  overview: OverviewStore;
  ownerClaims: OwnerClaimStore;
  ownerSettings: OwnerSettingStore;
  promisedRuns: PromisedRunStore;
  resources: ResourceStore;
  runChecks: RunCheckStore;
  runProgress: RunProgressStore;
  runs: RunStore;
  statistics: StatisticsStore;
  zones: ZoneStore;
}

/** Brings the database to the newest schema, unless the portal does that itself, and opens the stores. */
export async function createStores(database: DatabaseService): Promise<Stores> {
  const db = await database.getClient();
  if (!database.migrations?.skip) await migrate(db);
  return storesOver(inTurns(db));
}

/**
 * Brings the database to the newest schema.
 *
 * @throws ConflictError when a newer version has brought it further than this one knows
 */
export async function migrate(db: Knex): Promise<void> {
  await refuseNewer(db);
  await db.migrate.latest({ directory: migrationsDir });
}

/** Knex itself would call the folder of migrations corrupt, in which nothing is wrong. */
async function refuseNewer(db: Knex): Promise<void> {
  const [done]: [{ name: string }[], unknown] = await db.migrate.list({
    directory: migrationsDir,
    disableMigrationsListValidation: true,
  });
  const known = new Set(await readdir(migrationsDir));
  const unknown = done.map(({ name }) => name).filter(name => !known.has(name));
  if (unknown.length === 0) return;
  throw new ConflictError(
    `The database of the plugin airflow was brought further by a newer version than this one, by ${unknown.join(
      ', ',
    )}. Start the newer version again, or take the database back as "Going back to an older release" in docs/runbooks.md says`,
  );
}

/** The stores over a database whose schema is up to date. */
export function storesOver(db: Knex): Stores {
  return {
    alertFacts: new AlertFactStore(db),
    alerts: new AlertStore(db),
    clusters: new ClusterStore(db),
    collections: new CollectionStore(db),
    dagDocs: new DagDocsStore(db),
    dagOwners: new DagOwnerStore(db),
    dags: new DagStore(db),
    actions: new ActionStore(db),
    deliveries: new DeliveryStore(db),
    deliveryQueue: new DeliveryQueue(db),
    firstReadings: new FirstReadingStore(db),
    gone: new GoneStore(db),
    health: new HealthStore(db),
    importErrors: new ImportErrorStore(db),
    missingOwners: new MissingOwnerStore(db),
    overview: new OverviewStore(db),
    ownerClaims: new OwnerClaimStore(db),
    ownerSettings: new OwnerSettingStore(db),
    promisedRuns: new PromisedRunStore(db),
    resources: new ResourceStore(db),
    runChecks: new RunCheckStore(db),
    runProgress: new RunProgressStore(db),
    runs: new RunStore(db),
    statistics: new StatisticsStore(db),
    zones: new ZoneStore(db),
  };
}
