import { Settings } from 'luxon';
import { runName } from './runName';

beforeEach(() => {
  Settings.defaultZone = 'Europe/Berlin';
  Settings.now = () => Date.UTC(2026, 10, 28);
});
afterEach(() => {
  Settings.defaultZone = 'system';
  Settings.now = () => Date.now();
});

it.each([
  [
    'scheduled__2026-11-28T15:00:00+00:00',
    '2026-11-28T16:00:00.000Z',
    '28 Nov 17:00, scheduled',
  ],
  [
    'scheduled__2025-12-30T23:00:00+00:00',
    '2025-12-31T23:30:00.000Z',
    '1 Jan 00:30, scheduled',
  ],
  [
    'scheduled__2025-11-28T15:00:00+00:00',
    '2025-11-28T16:00:00.000Z',
    '28 Nov 2025 17:00, scheduled',
  ],
  [
    'manual__2026-11-28T15:00:05.123456+00:00',
    '2026-11-28T15:00:05.123Z',
    '28 Nov 16:00:05, manual',
  ],
  [
    'manual__2026-11-28T15:00:05.123456+00:00_kx3Zf9aB',
    '2026-11-28T15:00:05.123Z',
    '28 Nov 16:00:05, manual',
  ],
  [
    'dataset_triggered__2026-11-28T15:00:00+00:00',
    '2026-11-28T15:00:00.000Z',
    '28 Nov 16:00, by datasets',
  ],
  // Somebody gave these.
  ['manual__repair', '2026-11-28T15:00:00.000Z', 'manual__repair'],
  ['load of November', '2026-11-28T15:00:00.000Z', 'load of November'],
  [
    'scheduled__2026-11-28T15:00:00+00:00 again',
    '2026-11-28T15:00:00.000Z',
    'scheduled__2026-11-28T15:00:00+00:00 again',
  ],
])('calls %s of %s %s', (runId, dueAt, name) => {
  expect(runName({ runId, dueAt })).toBe(name);
});
