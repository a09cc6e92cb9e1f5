import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { AlertFactStore } from './AlertFactStore';
import { AlertStore } from './AlertStore';
import { ClusterStore } from './ClusterStore';
import { CollectionStore } from './CollectionStore';
import { DagDocsStore } from './DagDocsStore';
import { DagOwnerStore } from './DagOwnerStore';
import { DagStore } from './DagStore';
import { DeliveryQueue } from './DeliveryQueue';
import { DeliveryStore } from './DeliveryStore';
import { HealthStore } from './HealthStore';
import { ImportErrorStore } from './ImportErrorStore';
import { MissingOwnerStore } from './MissingOwnerStore';
import { OverviewStore } from './OverviewStore';
import { OwnerClaimStore } from './OwnerClaimStore';
import { OwnerSettingStore } from './OwnerSettingStore';
import { PromisedRunStore } from './PromisedRunStore';
import { ResourceStore } from './ResourceStore';
import { RunProgressStore } from './RunProgressStore';
import { RunStore } from './RunStore';
import { StatisticsStore } from './StatisticsStore';

const migrationsDir = resolvePackagePath(
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
  deliveries: DeliveryStore;
  deliveryQueue: DeliveryQueue;
  health: HealthStore;
  importErrors: ImportErrorStore;
  missingOwners: MissingOwnerStore;
  overview: OverviewStore;
  ownerClaims: OwnerClaimStore;
  ownerSettings: OwnerSettingStore;
  promisedRuns: PromisedRunStore;
  resources: ResourceStore;
  runProgress: RunProgressStore;
  runs: RunStore;
  statistics: StatisticsStore;
}

/** Brings the database to the newest schema, unless the portal does that itself, and opens the stores. */
export async function createStores(database: DatabaseService): Promise<Stores> {
  const db = await database.getClient();
  if (!database.migrations?.skip) await migrate(db);
  return storesOver(db);
}

/** Brings the database to the newest schema. */
export async function migrate(db: Knex): Promise<void> {
  await db.migrate.latest({ directory: migrationsDir });
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
    deliveries: new DeliveryStore(db),
    deliveryQueue: new DeliveryQueue(db),
    health: new HealthStore(db),
    importErrors: new ImportErrorStore(db),
    missingOwners: new MissingOwnerStore(db),
    overview: new OverviewStore(db),
    ownerClaims: new OwnerClaimStore(db),
    ownerSettings: new OwnerSettingStore(db),
    promisedRuns: new PromisedRunStore(db),
    resources: new ResourceStore(db),
    runProgress: new RunProgressStore(db),
    runs: new RunStore(db),
    statistics: new StatisticsStore(db),
  };
}
