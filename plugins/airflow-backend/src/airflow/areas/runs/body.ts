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
export function commonOfRun(raw: z.output<typeof runFields>) {
  return {
    dagId: raw.dag_id,
    runId: raw.dag_run_id,
    state: raw.state,
    type: raw.run_type,
    startedAt: raw.start_date,
    endedAt: raw.end_date,
    durationMs: elapsedMs(raw.start_date, raw.end_date),
    note: raw.note || null,
    conf: raw.conf,
    dataIntervalStart: raw.data_interval_start,
    dataIntervalEnd: raw.data_interval_end,
  };
}
