import type {
  TaskInstance,
  TaskTry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { id, text } from './fields';
import { taskState } from './states';
import { elapsedMs, instantOrNull } from './time';

const some = text.transform(raw => raw || null);
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
    (raw): TaskInstance => ({
      ...toTry(raw),
      dagId: raw.dag_id,
      runId: raw.dag_run_id,
      taskId: raw.task_id,
      mapIndex: raw.map_index ?? -1,
      displayName: raw.task_display_name ?? raw.task_id,
      mapLabel: mapLabel(raw.rendered_map_index, raw.map_index ?? -1),
      maxTries: raw.max_tries ?? 0,
      operator: raw.operator,
      pool: raw.pool,
      queue: raw.queue,
      queuedAt: raw.queued_when,
      note: raw.note,
    }),
  );

/** One attempt, of `…/tries`. */
export const taskTry = z.object(tryFields).transform(toTry);

function toTry(raw: {
  try_number?: number | null;
  state: TaskTry['state'];
  start_date: string | null;
  end_date: string | null;
  hostname: string | null;
}): TaskTry {
  return {
    tryNumber: raw.try_number ?? 0,
    state: raw.state,
    startedAt: raw.start_date,
    endedAt: raw.end_date,
    durationMs: elapsedMs(raw.start_date, raw.end_date),
    hostname: raw.hostname,
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
