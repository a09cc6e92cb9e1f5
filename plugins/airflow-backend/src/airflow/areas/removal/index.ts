import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { Area } from '../../area';
import type { RunRef } from '../../call';
import { AirflowError } from '../../errors';
import { path, type AirflowApi } from '../../http';
import { listOf } from '../../mapping/lists';
import { activityBody } from '../deployment/bodies';
import { runPath } from '../paths';

/** What takes things out of Airflow's database, or has them put in anew. */
export interface Removal {
  /** Airflow 3 refuses as a conflict while the run goes on. */
  deleteRun(run: RunRef): Promise<void>;
  /** It is back after the next parse of its file, without its runs. */
  deleteDag(dagId: string): Promise<void>;
  /** Has the DAG's file parsed soon. */
  reparse(dagId: string): Promise<void>;
  /** Which DAGs were deleted lately as far as the event log tells, newest first; an Airflow 3.3 does not. */
  deletions(): Promise<Deletion[]>;
}

/** That a DAG was deleted. */
export interface Deletion {
  dagId: string;
  at: Instant;
  /** As Airflow names them. */
  by: string | null;
}

/** So many lines of the event log are looked through, of each kind. */
const EVENTS = 100;

const withToken = z.object({ file_token: z.string() });

/** The same in both versions. */
function removalBy(
  deletionEvents: readonly string[],
  api: AirflowApi,
): Removal {
  return {
    deletions: async () => {
      const found: Deletion[] = [];
      for (const event of deletionEvents) {
        const query = { event, order_by: '-when', limit: EVENTS };
        const { items } = await api.json(
          { path: '/eventLogs', query },
          listOf('event_logs', activityBody),
        );
        for (const { dagId, at, who } of items) {
          if (dagId !== null) found.push({ dagId, at, by: who });
        }
      }
      return found;
    },
    deleteRun: run => api.send({ method: 'DELETE', path: runPath(run) }),
    deleteDag: dagId =>
      api.send({ method: 'DELETE', path: path`/dags/${dagId}` }),
    reparse: async dagId => {
      const dag = { path: path`/dags/${dagId}` };
      const { file_token: token } = await api.json(dag, withToken);
      const file = path`/parseDagFile/${token}`;
      await api.send({ method: 'PUT', path: file }).catch(unlessAskedAlready);
    },
  };
}

/** Airflow 3 answers so while an earlier wish for the same is still to be done. */
function unlessAskedAlready(error: unknown): void {
  if (error instanceof AirflowError && error.code === 'airflow-conflict') {
    return;
  }
  throw error;
}

export const removal: Area<Removal> = {
  // Through the API, and on Airflow's own pages.
  v1: api => removalBy(['api.delete_dag', 'delete'], api),
  v2: api => removalBy(['delete_dag'], api),
};
