import { instantSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { elapsedMs, instant, instantOrNull } from './time';

const ten = '2026-11-24T10:00:00.000Z';
const eleven = '2026-11-24T11:00:00.000Z';

it.each([
  ['both', ten, eleven, 3_600_000],
  ['one moment', ten, ten, 0],
  ['no start', null, eleven, null],
  ['no end', ten, null, null],
  ['an end that comes first, which is that of a try before', eleven, ten, null],
])('how long something took with %s', (_what, startedAt, endedAt, ms) =>
  expect(elapsedMs(startedAt, endedAt)).toBe(ms),
);

it.each([
  '9999-12-31T23:59:59.999-00:01',
  '10000-01-01T00:00:00Z',
  '+010000-01-01T00:00:00Z',
  '0000-01-01T00:00:00+00:01',
  '275760-09-13T00:00:00Z',
])('a moment that no other part of the portal can hold is none: %s', told => {
  expect(instant.safeParse(told).success).toBe(false);
  expect(instantOrNull.parse(told)).toBeNull();
});

it.each(['9999-12-31T23:59:59.999999Z', '0000-01-01T00:00:00Z'])(
  'the first and the last that there are can be told: %s',
  told => expect(instantSchema.parse(instant.parse(told))).toBeTruthy(),
);
