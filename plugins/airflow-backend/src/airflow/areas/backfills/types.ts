import type {
  Backfill,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  BackfillChange,
  BackfillRequest,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';

/** Runs for dates that lie behind, made by Airflow 3 itself. */
export interface Backfills {
  /** Newest first. */
  list(dagId: string): Promise<Backfill[]>;
  /** The dates that would get a run. */
  preview(dagId: string, request: BackfillRequest): Promise<Instant[]>;
  create(dagId: string, request: BackfillRequest): Promise<Backfill>;
  /** Changes a backfill of this DAG; one of another counts as none. */
  change(dagId: string, id: number, change: BackfillChange): Promise<Backfill>;
}
