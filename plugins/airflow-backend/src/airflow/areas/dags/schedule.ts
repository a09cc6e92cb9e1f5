import type { Schedule } from '@airflow-fleet/backstage-plugin-airflow-common';

const presets = /^@(yearly|annually|monthly|weekly|daily|hourly|midnight)$/;
const cron = /^\S+( \S+){4,5}$/;
const interval = /^(\d+ days?, )?\d+:\d\d:\d\d|^relativedelta\(/;
const byData = /\b(datasets?|assets?)\b/i;

function kindOf(summary: string, description: string): Schedule['kind'] {
  if (summary === '@continuous') return 'continuous';
  if (byData.test(summary)) return 'asset';
  if (presets.test(summary) || cron.test(summary)) return 'cron';
  if (interval.test(summary)) return 'interval';
  if (summary !== '' && summary !== 'None') return 'other';
  if (byData.test(description)) return 'asset';
  if (/as frequently as possible/i.test(description)) return 'continuous';
  return description === '' || /never/i.test(description) ? 'none' : 'other';
}

/**
 * Reads what both versions tell of a schedule: `schedule_interval` or `timetable_summary`, and
 * `timetable_description`.
 */
export function toSchedule(
  summary: string | null,
  description: string | null,
): Schedule {
  const kind = kindOf(summary ?? '', description ?? '');
  return {
    kind,
    expression: kind === 'none' ? null : summary || null,
    description: description || null,
  };
}
