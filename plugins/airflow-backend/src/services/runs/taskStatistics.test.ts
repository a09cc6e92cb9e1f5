import {
  type TaskInstance,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import { aTask } from '../../__testUtils__/rows';
import { taskStatistics } from './taskStatistics';

function instance(
  taskId: string,
  state: TaskState,
  tookMs: number | null,
  change: Partial<TaskInstance> = {},
): TaskInstance {
  return aTask(taskId, {
    dagId: 'a',
    runId: 'r',
    state,
    queuedAt: '2026-11-20T10:00:00.000Z',
    startedAt: '2026-11-20T10:00:05.000Z',
    durationMs: tookMs,
    ...change,
  });
}

describe('the statistics of tasks', () => {
  it('tells each task apart', () => {
    const told = taskStatistics([
      instance('load', 'success', 1_000),
      instance('load', 'success', 3_000, { tryNumber: 2 }),
      instance('load', 'failed', 9_000, { tryNumber: 3 }),
      instance('extract', 'running', null),
      instance('extract', 'none', null, { startedAt: null, queuedAt: null }),
    ]);
    expect(told).toEqual([
      {
        taskId: 'extract',
        instances: 1,
        success: 0,
        failed: 0,
        retried: 0,
        medianMs: null,
        p95Ms: null,
        queuedMs: 5_000,
      },
      {
        taskId: 'load',
        instances: 3,
        success: 2,
        failed: 1,
        retried: 2,
        medianMs: 1_000,
        p95Ms: 3_000,
        queuedMs: 5_000,
      },
    ]);
  });

  it('gives no wait to what started before it was queued again', () => {
    const [{ queuedMs }] = taskStatistics([
      instance('a', 'queued', null, { queuedAt: '2026-11-20T11:00:00.000Z' }),
    ]);
    expect(queuedMs).toBeNull();
  });

  it('puts at least half of all successes within the median, and 95 of 100 within the p95', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 }),
        tooks => {
          const [{ medianMs, p95Ms }] = taskStatistics(
            tooks.map(ms => instance('a', 'success', ms)),
          );
          const within = (ms: number | null) =>
            tooks.filter(took => took <= (ms ?? -1)).length / tooks.length;
          expect(within(medianMs)).toBeGreaterThanOrEqual(0.5);
          expect(within(p95Ms)).toBeGreaterThanOrEqual(0.95);
          expect(tooks).toContain(medianMs);
        },
      ),
    );
  });
});
