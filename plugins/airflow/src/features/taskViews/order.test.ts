import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import { instanceOf } from '../../__testUtils__/tasks';
import { firstFailure, inRunOrder } from './order';

/** One that has not run, unless a test says when. */
const task = (taskId: string, more: Partial<TaskInstance> = {}) =>
  instanceOf(taskId, { startedAt: null, endedAt: null, ...more });

const at = (minute: number) => `2026-11-24T03:0${minute}:00.000Z`;

describe('tasks of a run', () => {
  it('come in the order in which they ran, the others last by name and index', () => {
    const tasks = [
      task('z'),
      task('m', { mapIndex: 1, startedAt: at(2) }),
      task('m', { mapIndex: 0, startedAt: at(2) }),
      task('a'),
      task('first', { startedAt: at(1) }),
    ];
    expect(
      inRunOrder(tasks).map(({ taskId, mapIndex }) => `${taskId} ${mapIndex}`),
    ).toEqual(['first -1', 'm 0', 'm 1', 'a -1', 'z -1']);
  });

  it('name the failure that came first', () => {
    const tasks = [
      task('later', { state: 'failed', endedAt: at(5) }),
      task('downstream', { state: 'upstream_failed', endedAt: at(1) }),
      task('cause', { state: 'failed', endedAt: at(3) }),
    ];
    expect(firstFailure(tasks)?.taskId).toBe('cause');
    expect(firstFailure([task('a')])).toBeUndefined();
  });
});
