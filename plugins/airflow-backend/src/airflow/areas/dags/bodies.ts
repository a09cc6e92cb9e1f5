import { z } from 'zod';
import {
  count,
  flag,
  id,
  listed,
  MOST_LABELS,
  text,
  writing,
} from '../../mapping/fields';
import { params } from '../../mapping/params';
import { instantOrNull } from '../../mapping/time';

/** What both versions tell of a DAG by the same names. */
export const dagFields = z.object({
  dag_id: id,
  dag_display_name: text,
  description: text,
  is_paused: flag,
  has_import_errors: flag,
  tags: listed(z.object({ name: id }), MOST_LABELS),
  owners: listed(id, MOST_LABELS),
  timetable_description: text,
  fileloc: text,
  last_parsed_time: instantOrNull,
  max_active_runs: count,
});

/** What of a DAG follows from that alone. */
export function commonOfDag(raw: z.output<typeof dagFields>) {
  return {
    dagId: raw.dag_id,
    displayName: raw.dag_display_name || raw.dag_id,
    description: raw.description || null,
    paused: raw.is_paused ?? false,
    hasImportErrors: raw.has_import_errors ?? false,
    tags: raw.tags.map(({ name }) => name).sort(),
    owners: raw.owners,
    lastParsedAt: raw.last_parsed_time,
    maxActiveRuns: raw.max_active_runs ?? null,
  };
}

/** As {@link dagFields}, of the details of a DAG. */
export const detailFields = z.object({
  doc_md: writing,
  params,
  start_date: instantOrNull,
  end_date: instantOrNull,
  catchup: flag,
  max_active_tasks: count,
  max_consecutive_failed_dag_runs: count,
  render_template_as_native_obj: flag,
});

/** As {@link commonOfDag}, of the details of a DAG. */
export function commonOfDetails(raw: z.output<typeof detailFields>) {
  return {
    docMd: raw.doc_md || null,
    params: raw.params,
    startDate: raw.start_date,
    endDate: raw.end_date,
    catchup: raw.catchup ?? null,
    maxActiveTasks: raw.max_active_tasks ?? null,
    pausesAfterFailures: raw.max_consecutive_failed_dag_runs || null,
    rendersNative: raw.render_template_as_native_obj ?? null,
  };
}
