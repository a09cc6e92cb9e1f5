import type { DagDetails } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { z } from 'zod';
import { path, type AirflowApi, type Query } from '../../http';
import { listOf } from '../../mapping/lists';
import type { AirflowDag, Dags } from './types';

/** What a version tells in its own way. */
export interface DagBodies {
  /** What has it list every DAG. */
  all: Query;
  dag: z.ZodType<AirflowDag>;
  details: z.ZodType<DagDetails>;
}

/** Both versions are asked alike. */
export class RestDags implements Dags {
  constructor(
    private readonly api: AirflowApi,
    private readonly bodies: DagBodies,
  ) {}

  list() {
    const { all, dag } = this.bodies;
    const query = { ...all, order_by: 'dag_id' };
    return this.api.pages({ path: '/dags', query }, listOf('dags', dag));
  }

  get(dagId: string) {
    return this.api.json({ path: path`/dags/${dagId}` }, this.bodies.dag);
  }

  details(dagId: string) {
    return this.api.json(
      { path: path`/dags/${dagId}/details`, exact: ['params'] },
      this.bodies.details,
    );
  }

  setPaused(dagId: string, paused: boolean) {
    return this.api.json(
      {
        method: 'PATCH',
        path: path`/dags/${dagId}`,
        query: { update_mask: 'is_paused' },
        body: { is_paused: paused },
      },
      this.bodies.dag,
    );
  }
}
