import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { CallOptions } from '../call';
import type { Area } from '../area';
import { activityBody } from '../deployment/bodies';
import { AirflowError } from '../errors';
import { path, type AirflowApi } from '../http';
import { listOf } from '../mapping/lists';

/** What takes things out of Airflow's database, or has them put in anew. */
export interface Removal {
  /** Airflow 3 refuses as a conflict while the run goes on. */
  deleteRun(dagId: string, runId: string, call?: CallOptions): Promise<void>;
  /** It is back after the next parse of its file, without its runs. */
  deleteDag(dagId: string, call?: CallOptions): Promise<void>;
  /** Has the DAG's file parsed soon. */
  reparse(dagId: string, call?: CallOptions): Promise<void>;
  /** Which DAGs were deleted lately as far as the event log tells, newest first; an Airflow 3.3 does not. */
  deletions(call?: CallOptions): Promise<Deletion[]>;
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
function removalAt(
  api: AirflowApi,
  root: '/api/v1' | '/api/v2',
  deletionEvents: readonly string[],
): Removal {
  return {
    deletions: async call => {
      const found: Deletion[] = [];
      for (const event of deletionEvents) {
        const { items } = await api.json(
          {
            path: `${root}/eventLogs`,
            query: { event, order_by: '-when', limit: EVENTS },
          },
          listOf('event_logs', activityBody),
          call,
        );
        for (const { dagId, at, who } of items) {
          if (dagId !== null) found.push({ dagId, at, by: who });
        }
      }
      return found;
    },
    deleteRun: (dagId, runId, call) =>
      api.send(
        {
          method: 'DELETE',
          path: `${root}${path`/dags/${dagId}/dagRuns/${runId}`}`,
        },
        call,
      ),
    deleteDag: (dagId, call) =>
      api.send(
        { method: 'DELETE', path: `${root}${path`/dags/${dagId}`}` },
        call,
      ),
    reparse: async (dagId, call) => {
      const dag = { path: `${root}${path`/dags/${dagId}`}` };
      const { file_token: token } = await api.json(dag, withToken, call);
      const file = `${root}${path`/parseDagFile/${token}`}`;
      await api
        .send({ method: 'PUT', path: file }, call)
        .catch(unlessAskedAlready);
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
  v1: api => removalAt(api, '/api/v1', ['api.delete_dag', 'delete']),
  v2: api => removalAt(api, '/api/v2', ['delete_dag']),
};
