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
export function commonOfDag(told: z.output<typeof dagFields>) {
  return {
    dagId: told.dag_id,
    displayName: told.dag_display_name || told.dag_id,
    description: told.description || null,
    paused: told.is_paused ?? false,
    hasImportErrors: told.has_import_errors ?? false,
    tags: told.tags.map(({ name }) => name).sort(),
    owners: told.owners,
    lastParsedAt: told.last_parsed_time,
    maxActiveRuns: told.max_active_runs ?? null,
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
export function commonOfDetails(told: z.output<typeof detailFields>) {
  return {
    docMd: told.doc_md || null,
    params: told.params,
    startDate: told.start_date,
    endDate: told.end_date,
    catchup: told.catchup ?? null,
    maxActiveTasks: told.max_active_tasks ?? null,
    pausesAfterFailures: told.max_consecutive_failed_dag_runs || null,
    rendersNative: told.render_template_as_native_obj ?? null,
  };
}
