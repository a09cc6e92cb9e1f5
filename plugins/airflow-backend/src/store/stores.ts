import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { ClusterStore } from './ClusterStore';
import { CollectionStore } from './CollectionStore';
import { DagStore } from './DagStore';
import { HealthStore } from './HealthStore';
import { ImportErrorStore } from './ImportErrorStore';
import { OverviewStore } from './OverviewStore';
import { PromisedRunStore } from './PromisedRunStore';
import { RunProgressStore } from './RunProgressStore';
import { RunStore } from './RunStore';

const migrationsDir = resolvePackagePath(
  '@airflow-fleet/backstage-plugin-airflow-backend',
  'migrations',
);

/** Every store over one database. */
export interface Stores {
  clusters: ClusterStore;
  collections: CollectionStore;
  dags: DagStore;
  health: HealthStore;
  importErrors: ImportErrorStore;
  overview: OverviewStore;
  promisedRuns: PromisedRunStore;
  runProgress: RunProgressStore;
  runs: RunStore;
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
    clusters: new ClusterStore(db),
    collections: new CollectionStore(db),
    dags: new DagStore(db),
    health: new HealthStore(db),
    importErrors: new ImportErrorStore(db),
    overview: new OverviewStore(db),
    promisedRuns: new PromisedRunStore(db),
    runProgress: new RunProgressStore(db),
    runs: new RunStore(db),
  };
}
