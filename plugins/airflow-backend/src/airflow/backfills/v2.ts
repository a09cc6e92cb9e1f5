import {
  reprocessBehaviors,
  type Backfill,
  type BackfillChange,
  type BackfillRequest,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { CallOptions } from '../call';
import { takes, type Server } from '../capabilities';
import { AirflowError } from '../errors';
import { path, readPages, type AirflowApi } from '../http';
import { text } from '../mapping/fields';
import { listOf } from '../mapping/lists';
import { instant, instantOrNull } from '../mapping/time';
import type { Backfills } from './index';

const BASE = '/api/v2/backfills';

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
    (told): Backfill => ({
      id: told.id,
      from: told.from_date,
      to: told.to_date,
      paused: told.is_paused,
      reprocess:
        reprocessBehaviors.find(known => known === told.reprocess_behavior) ??
        'unknown',
      maxActiveRuns: told.max_active_runs,
      createdAt: told.created_at,
      completedAt: told.completed_at,
    }),
  );

/** What is partitioned in place of dated is left out. */
const plannedRuns = z
  .object({ backfills: z.array(z.object({ logical_date: instantOrNull })) })
  .transform(told =>
    told.backfills.flatMap(({ logical_date: date }) => date ?? []),
  );

/** Backfills of Airflow 3. */
export class BackfillsV2 implements Backfills {
  constructor(
    private readonly api: AirflowApi,
    private readonly server: Server,
  ) {}

  async list(dagId: string, call?: CallOptions) {
    const all: Backfill[] = [];
    const pages = readPages(({ limit, offset }) =>
      this.api.json(
        { path: BASE, query: { dag_id: dagId, limit, offset } },
        listOf('backfills', backfillBody),
        call,
      ),
    );
    for await (const { items } of pages) all.push(...items);
    return all.sort((a, b) => b.id - a.id);
  }

  preview(dagId: string, request: BackfillRequest, call?: CallOptions) {
    return this.api.json(
      {
        method: 'POST',
        path: `${BASE}/dry_run`,
        ...this.toBody(dagId, request),
      },
      plannedRuns,
      call,
    );
  }

  create(dagId: string, request: BackfillRequest, call?: CallOptions) {
    return this.api.json(
      { method: 'POST', path: BASE, ...this.toBody(dagId, request) },
      backfillBody,
      call,
    );
  }

  async change(
    dagId: string,
    id: number,
    change: BackfillChange,
    call?: CallOptions,
  ) {
    const one = path`/api/v2/backfills/${id}`;
    const owner = z.object({ dag_id: z.string() });
    const found = await this.api.json({ path: one }, owner, call);
    if (found.dag_id !== dagId) throw this.noSuch(dagId, id);
    return this.api.json(
      { method: 'PUT', path: `${one}/${change}` },
      backfillBody,
      call,
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
      run_on_latest_version: takes(this.server, 'backfill version')
        ? request.onLatestVersion
        : undefined,
    };
    return { body, written: { dag_run_conf: request.conf } };
  }

  private noSuch(dagId: string, id: number): AirflowError {
    return new AirflowError({
      code: 'airflow-not-found',
      cluster: this.api.cluster,
      attempted: `GET ${BASE}/${id}`,
      message: `DAG ${dagId} on cluster ${this.api.cluster} has no backfill ${id}`,
      hint: 'Look at the list of its backfills',
    });
  }
}
