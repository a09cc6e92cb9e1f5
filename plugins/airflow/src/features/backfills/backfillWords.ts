import type {
  Backfill,
  DagDetails,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** Why Airflow makes no backfill of a DAG. */
export const refusalWords: Record<
  NonNullable<DagDetails['backfillRefusal']>,
  string
> = {
  'no-dates': 'The schedule of this DAG names no dates to run it for',
  'not-allowed': 'The file of this DAG allows no backfills',
};

/** What a backfill does with a date that has a run already. */
export function reprocessWord(reprocess: Backfill['reprocess']): string {
  switch (reprocess) {
    case 'none':
      return 'left alone';
    case 'failed':
      return 'run again where it failed';
    case 'completed':
      return 'run again where it has ended';
    default:
      return 'unknown';
  }
}

/** `2026-11-01 00:00 to 2026-11-03 23:59 UTC`. */
export function spanText({ from, to }: Pick<Backfill, 'from' | 'to'>): string {
  return `${minuteText(from)} to ${minuteText(to)} UTC`;
}

/** A moment as schedules are written, in UTC. */
export function minuteText(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
