import type { DagZone } from '@airflow-fleet/backstage-plugin-airflow-common';
import { zoneName, zoneWords } from './zoneWords';

const open = (total: number, ...names: string[]): DagZone => ({
  source: 'open',
  names,
  total,
});

it.each<[DagZone, string, string | undefined]>([
  [
    { source: 'tag', name: 'Asia/Tokyo' },
    'Asia/Tokyo, set by the tag tz:Asia/Tokyo',
    'Asia/Tokyo',
  ],
  [{ source: 'cluster', name: 'UTC' }, "UTC, the cluster's default", 'UTC'],
  [
    { source: 'inferred', name: 'Europe/Berlin' },
    'Europe/Berlin, inferred from what Airflow announced',
    'Europe/Berlin',
  ],
  [
    open(2, 'UTC', 'Europe/London'),
    'UTC or Europe/London, not known which; a tag such as tz:UTC on the DAG tells',
    undefined,
  ],
  [
    open(21, 'UTC', 'Europe/London'),
    'UTC, Europe/London or one of 19 others, not known which; a tag such as tz:UTC on the DAG tells',
    undefined,
  ],
])('%j is told as %s', (zone, words, name) => {
  expect(zoneWords(zone)).toBe(words);
  expect(zoneName(zone)).toBe(name);
});
