import type { DagStructure } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { CallOptions } from '../call';
import type { Area } from '../area';
import { path, type AirflowApi } from '../http';
import { listOf } from '../mapping/lists';
import { declaredTask } from './body';
import { toStructure } from './toStructure';

/** What a DAG is made of, as Airflow has parsed it last. */
export interface Structures {
  of(dagId: string, call?: CallOptions): Promise<DagStructure>;
}

/** The list is not paged, and is the same in both versions. */
function structuresAt(base: '/api/v1' | '/api/v2', api: AirflowApi) {
  return {
    of: async (dagId: string, call?: CallOptions) => {
      const { items } = await api.json(
        { path: `${base}${path`/dags/${dagId}/tasks`}` },
        listOf('tasks', declaredTask),
        call,
      );
      return toStructure(items);
    },
  };
}

export const structures: Area<Structures> = {
  v1: api => structuresAt('/api/v1', api),
  v2: api => structuresAt('/api/v2', api),
};
