import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { DateTime } from 'luxon';

/** The ids that Airflow makes by itself: how the run came about, and a moment in UTC. */
const MADE_BY_AIRFLOW =
  /^(scheduled|manual|backfill|asset_triggered|dataset_triggered|asset_materialization)__\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)(_\w+)?$/;

const kinds: Record<string, string> = {
  asset_triggered: 'by assets',
  dataset_triggered: 'by datasets',
  asset_materialization: 'materialization',
};

/** What people call a run: when it was due, in the reader's zone, and how it came about; an id of its own where it has one. */
export function runName({
  runId,
  dueAt,
}: Pick<DagRun, 'runId' | 'dueAt'>): string {
  const kind = MADE_BY_AIRFLOW.exec(runId)?.[1];
  const due = DateTime.fromISO(dueAt);
  if (!kind || !due.isValid) return runId;
  const day = due.hasSame(DateTime.now(), 'year') ? 'd LLL' : 'd LLL yyyy';
  // Several by hand may come within one minute.
  const time = kind === 'manual' ? 'HH:mm:ss' : 'HH:mm';
  return `${due.toFormat(`${day} ${time}`)}, ${kinds[kind] ?? kind}`;
}
