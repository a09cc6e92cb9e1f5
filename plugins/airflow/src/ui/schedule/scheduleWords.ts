import type { Schedule } from '@airflow-fleet/backstage-plugin-airflow-common';
import cronstrue from 'cronstrue';

/** When a DAG runs, in words: Airflow's own where it has some. */
export function scheduleWords({
  kind,
  expression,
  description,
}: Schedule): string {
  if (description) return description;
  switch (kind) {
    case 'cron':
      return cronWords(expression ?? '');
    case 'interval':
      return intervalWords(expression ?? '');
    case 'asset':
      return 'when its assets are written';
    case 'continuous':
      return 'again as soon as a run has ended';
    case 'none':
      return 'only when triggered';
    default:
      return expression ?? 'by a timetable of its own';
  }
}

function cronWords(cron: string): string {
  if (cron.startsWith('@')) return cron.slice(1);
  try {
    return cronstrue.toString(cron, { use24HourTimeFormat: true });
  } catch {
    return cron;
  }
}

/** Python's `1 day, 7:30:00`, `0:00:01.500000` and `relativedelta(months=+1)`; no part is left out. */
function intervalWords(interval: string): string {
  const parts = clockParts(interval) ?? relativeParts(interval);
  return parts ? `every ${parts.join(' ')}` : `every so often: ${interval}`;
}

function clockParts(interval: string): string[] | undefined {
  const match = /^(?:(\d+) days?, )?(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/.exec(
    interval,
  );
  if (!match) return undefined;
  const [, days = 0, hours, minutes, seconds, fraction = ''] = match;
  const micros = Number(fraction.padEnd(6, '0'));
  const counted: [number, string][] = [
    [Number(days), 'd'],
    [Number(hours), 'h'],
    [Number(minutes), 'm'],
    [Number(seconds), 's'],
    [micros / 1_000, ' ms'],
  ];
  const parts = counted.filter(([count]) => count > 0);
  return (parts.length > 0 ? parts : [[0, 's']]).map(part => part.join(''));
}

/** Only what counts on from the run before is an interval; `day=1` sets a day. */
function relativeParts(interval: string): string[] | undefined {
  const [, inner = ''] = /^relativedelta\((.*)\)$/.exec(interval) ?? [];
  const parts = inner.split(', ').map(part => /^([a-z]+)s=\+(\d+)$/.exec(part));
  if (!parts.every(part => part !== null)) return undefined;
  return parts.map(([, unit, count]) =>
    count === '1' ? `1 ${unit}` : `${count} ${unit}s`,
  );
}
