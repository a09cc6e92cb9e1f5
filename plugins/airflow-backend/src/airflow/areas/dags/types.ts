import type {
  Dag,
  DagDetails,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Page } from '../../call';

/** A DAG as Airflow lists it; the store adds when it was read. */
export type AirflowDag = Omit<
  Dag,
  'cluster' | 'readAt' | 'presence' | 'goneAt' | 'owner'
> & {
  /** By what the run announced for {@link Dag.nextRunAt} will be known when it comes. */
  nextRun: {
    /** Null where runs have none, as those of partitions. */
    logicalDate: Instant | null;
    /** As `dueAt` of the run. */
    dueAt: Instant | null;
  };
  /** Whether the last parse of its file did not bring it, and so nothing of it runs. Airflow 2 calls it inactive. */
  stale: boolean;
};

export interface Dags {
  /** Those too that Airflow keeps but no longer finds in a file. */
  list(): AsyncGenerator<Page<AirflowDag>>;
  get(dagId: string): Promise<AirflowDag>;
  details(dagId: string): Promise<DagDetails>;
  /** @returns how the DAG is afterwards */
  setPaused(dagId: string, paused: boolean): Promise<AirflowDag>;
}
