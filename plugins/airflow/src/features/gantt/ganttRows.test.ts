import type {
  TaskInstance,
  TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import { ganttRange, ganttRows, ganttTicks } from './ganttRows';

const ten = '2026-11-24T10:00:00.000Z';
const eleven = '2026-11-24T11:00:00.000Z';

function instance(
  state: TaskState,
  startedAt: string | null,
  endedAt: string | null,
): TaskInstance {
  return {
    dagId: 'orders',
    runId: 'r1',
    taskId: 'load',
    mapIndex: -1,
    displayName: 'load',
    mapLabel: null,
    state,
    tryNumber: 2,
    maxTries: 2,
    startedAt,
    endedAt,
    durationMs: null,
    queuedAt: null,
    hostname: null,
    operator: null,
    pool: null,
    queue: null,
    note: null,
  };
}

describe('what a row of the chart spans', () => {
  it.each<[string, TaskState, string | null, string | null, object[]]>([
    ['from start to end', 'success', ten, eleven, [{ from: ten, to: eleven }]],
    ['goes on', 'running', ten, null, [{ from: ten, to: null }]],
    [
      'goes on, whatever end is left of the try before',
      'running',
      eleven,
      ten,
      [{ from: eleven, to: null }],
    ],
    [
      'goes on while it waits for another try',
      'up_for_retry',
      ten,
      eleven,
      [{ from: ten, to: null }],
    ],
    [
      'is a moment where the end comes first',
      'failed',
      eleven,
      ten,
      [{ from: eleven, to: eleven }],
    ],
    [
      'is a moment where the end is missing',
      'skipped',
      ten,
      null,
      [{ from: ten, to: ten }],
    ],
    ['is nothing without a start', 'removed', null, eleven, []],
  ])('%s', (_what, state, startedAt, endedAt, spans) => {
    const rows = ganttRows([instance(state, startedAt, endedAt)], new Set());
    const iso = (ms: number | null) => ms && new Date(ms).toISOString();
    expect(
      rows[0].spans.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
    ).toEqual(spans);
  });

  it('never ends before it begins, and lies within the chart', () => {
    const moment = fc.option(
      fc
        .date({
          min: new Date('2026-11-01'),
          max: new Date('2026-11-28'),
          noInvalidDate: true,
        })
        .map(date => date.toISOString()),
    );
    const state = fc.constantFrom<TaskState>(
      ...(['none', 'queued', 'running', 'success', 'failed'] as const),
      ...(['up_for_retry', 'deferred', 'skipped', 'removed'] as const),
    );
    const now = Date.parse('2026-11-28T12:00:00Z');
    fc.assert(
      fc.property(state, moment, moment, (given, startedAt, endedAt) => {
        const rows = ganttRows(
          [instance(given, startedAt, endedAt)],
          new Set(),
        );
        const range = ganttRange(rows, now);
        for (const { from, to } of rows[0].spans) {
          expect(to ?? now).toBeGreaterThanOrEqual(from);
          expect(range?.from).toBeLessThanOrEqual(from);
          expect(range?.to).toBeGreaterThanOrEqual(to ?? now);
        }
      }),
    );
  });
});

describe('ganttTicks', () => {
  it.each([
    [1_000, [0, 1_000]],
    [65_000, [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]],
    [7_200_000, [0, 1_800_000, 3_600_000, 5_400_000, 7_200_000]],
  ])('of %d ms are at %j', (length, ticks) => {
    expect(ganttTicks(length, 7)).toEqual(ticks);
  });

  it('are few, within the chart, from its begin on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 1e11 }), length => {
        const ticks = ganttTicks(length, 7);
        expect(ticks[0]).toBe(0);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.at(-1)).toBeLessThanOrEqual(length);
      }),
    );
  });
});
