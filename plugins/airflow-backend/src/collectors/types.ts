import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { CallOptions } from '../airflow';
import type { RegisteredCluster } from '../clusters';

/** What one reading brought, beside the rows that it stored. */
export interface Collected {
  /** Rows that Airflow could not serve, or that could not be read. */
  skippedRows: number;
  /** Which the first of them is, and what is wrong with it. */
  skippedWhy?: string;
  /** True when now all facts of the kind are stored. */
  complete: boolean;
  /** Why a part could not be read although the rest was. */
  problem: Problem | null;
}

/**
 * Reads one kind of fact from a cluster and stores it. Throws what the client or the store throws; what was stored
 * until then stays.
 */
export type Collector = (
  cluster: RegisteredCluster,
  call: CallOptions,
) => Promise<Collected>;
