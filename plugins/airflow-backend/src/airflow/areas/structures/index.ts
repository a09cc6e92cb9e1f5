import type { DagStructure } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Area } from '../../area';
import { path, type AirflowApi } from '../../http';
import { listOf } from '../../mapping/lists';
import { declaredTask } from './bodies';
import { toStructure } from './toStructure';

/** What a DAG is made of, as Airflow has parsed it last. */
export interface Structures {
  of(dagId: string): Promise<DagStructure>;
}

/** The list is not paged, and is the same in both versions. */
function structuresOf(api: AirflowApi): Structures {
  return {
    of: async dagId => {
      const { items } = await api.json(
        { path: path`/dags/${dagId}/tasks` },
        listOf('tasks', declaredTask),
      );
      return toStructure(items);
    },
  };
}

export const structures: Area<Structures> = {
  v1: structuresOf,
  v2: structuresOf,
};
