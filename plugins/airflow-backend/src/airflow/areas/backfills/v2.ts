import {
  reprocessBehaviors,
  type Backfill,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  BackfillChange,
  BackfillRequest,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import { AirflowError } from '../../errors';
import { path, type AirflowApi } from '../../http';
import { text } from '../../mapping/fields';
import { listOf } from '../../mapping/lists';
import { instant, instantOrNull } from '../../mapping/time';
import type { Backfills } from './types';

const BASE = '/backfills';

/** `BackfillResponse` of the v2 specification. */
const backfillBody = z
  .object({
    id: z.number().int().nonnegative(),
    from_date: instant,
    to_date: instant,
    is_paused: z.boolean(),
    reprocess_behavior: text,
    max_active_runs: z.number().int(),
    created_at: instant,
    completed_at: instantOrNull,
  })
  .transform(
    (raw): Backfill => ({
      id: raw.id,
      from: raw.from_date,
      to: raw.to_date,
      paused: raw.is_paused,
      reprocess:
        reprocessBehaviors.find(known => known === raw.reprocess_behavior) ??
        'unknown',
      maxActiveRuns: raw.max_active_runs,
      createdAt: raw.created_at,
      completedAt: raw.completed_at,
    }),
  );

/** What is partitioned in place of dated is left out. */
const plannedRuns = z
  .object({ backfills: z.array(z.object({ logical_date: instantOrNull })) })
  .transform(raw =>
    raw.backfills.flatMap(({ logical_date: date }) => date ?? []),
  );

/** Backfills of Airflow 3. */
export class BackfillsV2 implements Backfills {
  constructor(private readonly api: AirflowApi) {}

  async list(dagId: string) {
    const all = await this.api.rows(
      { path: BASE, query: { dag_id: dagId } },
      listOf('backfills', backfillBody),
    );
    return all.sort((a, b) => b.id - a.id);
  }

  preview(dagId: string, request: BackfillRequest) {
    const body = this.toBody(dagId, request);
    return this.api.json(
      { method: 'POST', path: `${BASE}/dry_run`, ...body },
      plannedRuns,
    );
  }

  create(dagId: string, request: BackfillRequest) {
    const body = this.toBody(dagId, request);
    return this.api.json({ method: 'POST', path: BASE, ...body }, backfillBody);
  }

  async change(dagId: string, id: number, change: BackfillChange) {
    const one = path`/backfills/${id}`;
    const owner = z.object({ dag_id: z.string() });
    const found = await this.api.json({ path: one }, owner);
    if (found.dag_id !== dagId) throw this.noSuch(dagId, id);
    return this.api.json(
      { method: 'PUT', path: `${one}/${change}` },
      backfillBody,
    );
  }

  private toBody(dagId: string, request: BackfillRequest) {
    const { from, to, backwards, reprocess, maxActiveRuns } = request;
    const body = {
      dag_id: dagId,
      from_date: from,
      to_date: to,
      run_backwards: backwards,
      reprocess_behavior: reprocess,
      max_active_runs: maxActiveRuns,
      run_on_latest_version: this.api.takes('backfill version')
        ? request.onLatestVersion
        : undefined,
    };
    return { body, written: { dag_run_conf: request.conf } };
  }

  private noSuch(dagId: string, id: number): AirflowError {
    return new AirflowError({
      code: 'airflow-not-found',
      cluster: this.api.cluster,
      attempted: `GET /api/v2${BASE}/${id}`,
      message: `DAG ${dagId} on cluster ${this.api.cluster} has no backfill ${id}`,
      hint: 'Look at the list of its backfills',
    });
  }
}
