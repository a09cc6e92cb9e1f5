import type {
  TaskInstance,
  TaskTry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { id, text } from './fields';
import { taskState } from './states';
import { elapsedMs, instantOrNull } from './time';

const some = text.transform(told => told || null);
const attempts = z.number().int().nonnegative().nullish().catch(null);

const tryFields = {
  try_number: attempts,
  state: taskState,
  start_date: instantOrNull,
  end_date: instantOrNull,
  hostname: some,
};

/** A task instance, the same in both versions but for what one of them lacks. */
export const taskInstance = z
  .object({
    ...tryFields,
    dag_id: id,
    dag_run_id: id,
    task_id: id,
    map_index: z.number().int().min(-1).nullish(),
    task_display_name: some,
    rendered_map_index: some,
    max_tries: attempts,
    operator: some,
    pool: some,
    queue: some,
    queued_when: instantOrNull,
    note: some,
  })
  .transform(
    (told): TaskInstance => ({
      ...toTry(told),
      dagId: told.dag_id,
      runId: told.dag_run_id,
      taskId: told.task_id,
      mapIndex: told.map_index ?? -1,
      displayName: told.task_display_name ?? told.task_id,
      mapLabel: mapLabel(told.rendered_map_index, told.map_index ?? -1),
      maxTries: told.max_tries ?? 0,
      operator: told.operator,
      pool: told.pool,
      queue: told.queue,
      queuedAt: told.queued_when,
      note: told.note,
    }),
  );

/** One attempt, of `…/tries`. */
export const taskTry = z.object(tryFields).transform(toTry);

function toTry(told: {
  try_number?: number | null;
  state: TaskTry['state'];
  start_date: string | null;
  end_date: string | null;
  hostname: string | null;
}): TaskTry {
  return {
    tryNumber: told.try_number ?? 0,
    state: told.state,
    startedAt: told.start_date,
    endedAt: told.end_date,
    durationMs: elapsedMs(told.start_date, told.end_date),
    hostname: told.hostname,
  };
}

/** Airflow repeats the index where the author set no label. */
function mapLabel(rendered: string | null, mapIndex: number): string | null {
  return rendered === String(mapIndex) ? null : rendered;
}

/** The attempts that took place, oldest first. */
export function inOrder(tries: readonly TaskTry[]): TaskTry[] {
  return tries
    .filter(({ tryNumber }) => tryNumber > 0)
    .sort((a, b) => a.tryNumber - b.tryNumber);
}
