import type {
  Activity,
  AirflowPlugin,
  Pool,
  Provider,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { count, flag, id, text } from '../../mapping/fields';
import { instant } from '../../mapping/time';

/** A pool, the same in both versions; what has no limit is -1, or infinite where Python tells it. */
export const poolBody = z
  .object({
    name: id,
    description: text,
    slots: z.number().int(),
    running_slots: count,
    queued_slots: count,
    scheduled_slots: count,
    deferred_slots: count,
    include_deferred: flag,
    open_slots: count,
  })
  .transform((raw): Pool => {
    const isLimited = raw.slots >= 0;
    return {
      name: raw.name,
      description: raw.description || null,
      slots: isLimited ? raw.slots : null,
      running: raw.running_slots ?? 0,
      queued: raw.queued_slots ?? 0,
      scheduled: raw.scheduled_slots ?? 0,
      deferred: raw.deferred_slots ?? 0,
      countsDeferred: raw.include_deferred ?? false,
      // A pool that was made smaller while it was full has less than nothing left.
      open: isLimited ? Math.max(0, raw.open_slots ?? 0) : null,
    };
  });

export const providerBody = z
  .object({ package_name: id, version: z.string().max(100), description: text })
  .transform(
    (raw): Provider => ({
      name: raw.package_name,
      version: raw.version,
      description: raw.description || null,
    }),
  );

export const pluginBody = z.object({ name: text, source: text }).transform(
  (raw): AirflowPlugin => ({
    name: raw.name || 'without a name',
    source: raw.source || null,
  }),
);

export const activityBody = z
  .object({
    event_log_id: z.number(),
    when: instant,
    event: id,
    owner: text,
    dag_id: text,
    run_id: text,
    task_id: text,
  })
  .transform(
    (raw): Activity => ({
      id: String(raw.event_log_id),
      at: raw.when,
      event: raw.event,
      who: raw.owner || null,
      dagId: raw.dag_id || null,
      runId: raw.run_id || null,
      taskId: raw.task_id || null,
      portal: null,
    }),
  );
