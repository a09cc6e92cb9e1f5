import { z } from 'zod';
import { conf } from '../../mapping/conf';
import { id, text } from '../../mapping/fields';
import { runState, runType } from '../../mapping/states';
import { elapsedMs, instantOrNull } from '../../mapping/time';

/** What both versions tell of a run by the same names. */
export const runFields = z.object({
  dag_id: id,
  dag_run_id: id,
  state: runState,
  run_type: runType,
  start_date: instantOrNull,
  end_date: instantOrNull,
  data_interval_start: instantOrNull,
  data_interval_end: instantOrNull,
  conf,
  note: text,
});

/** What of a run follows from that alone. */
export function commonOfRun(told: z.output<typeof runFields>) {
  return {
    dagId: told.dag_id,
    runId: told.dag_run_id,
    state: told.state,
    type: told.run_type,
    startedAt: told.start_date,
    endedAt: told.end_date,
    durationMs: elapsedMs(told.start_date, told.end_date),
    note: told.note || null,
    conf: told.conf,
    dataIntervalStart: told.data_interval_start,
    dataIntervalEnd: told.data_interval_end,
  };
}
