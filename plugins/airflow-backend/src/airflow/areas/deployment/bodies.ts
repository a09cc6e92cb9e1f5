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
  .transform((told): Pool => {
    const isLimited = told.slots >= 0;
    return {
      name: told.name,
      description: told.description || null,
      slots: isLimited ? told.slots : null,
      running: told.running_slots ?? 0,
      queued: told.queued_slots ?? 0,
      scheduled: told.scheduled_slots ?? 0,
      deferred: told.deferred_slots ?? 0,
      countsDeferred: told.include_deferred ?? false,
      // A pool that was made smaller while it was full has less than nothing left.
      open: isLimited ? Math.max(0, told.open_slots ?? 0) : null,
    };
  });

export const providerBody = z
  .object({ package_name: id, version: z.string().max(100), description: text })
  .transform(
    (told): Provider => ({
      name: told.package_name,
      version: told.version,
      description: told.description || null,
    }),
  );

export const pluginBody = z.object({ name: text, source: text }).transform(
  (told): AirflowPlugin => ({
    name: told.name || 'without a name',
    source: told.source || null,
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
    (told): Activity => ({
      id: String(told.event_log_id),
      at: told.when,
      event: told.event,
      who: told.owner || null,
      dagId: told.dag_id || null,
      runId: told.run_id || null,
      taskId: told.task_id || null,
      portal: null,
    }),
  );
