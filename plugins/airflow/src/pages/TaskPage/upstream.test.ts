import type { TaskState } from '@airflow-fleet/backstage-plugin-airflow-common';
import { structureOf, taskOf } from '../../__testUtils__/tasks';
import { blockersOf } from './upstream';

const diamond = structureOf([
  taskOf('start'),
  taskOf('left', ['start']),
  taskOf('right', ['start']),
  taskOf('join', ['left', 'right']),
  taskOf('end', ['join']),
]);

function blockers(taskId: string, states: Record<string, TaskState>) {
  const tasks = new Map(
    Object.entries(states).map(([id, state]) => [id, { taskId: id, state }]),
  );
  const { direct, active } = blockersOf(taskId, diamond, tasks);
  return {
    direct: direct.map(one => one.taskId),
    active: active.map(one => one.taskId),
  };
}

describe('what a task waits for', () => {
  it.each<[string, Record<string, TaskState>, string[], string[]]>([
    ['start', {}, [], []],
    ['left', { start: 'running' }, ['start'], ['start']],
    [
      'join',
      { start: 'success', left: 'success', right: 'running' },
      ['right'],
      ['right'],
    ],
    [
      'end',
      { start: 'success', left: 'up_for_retry', right: 'queued' },
      ['join'],
      ['left', 'right'],
    ],
    ['end', { start: 'running' }, ['join'], ['start']],
    ['join', { start: 'success', left: 'failed', right: 'skipped' }, [], []],
  ])('%s with %p', (taskId, states, direct, active) => {
    expect(blockers(taskId, states)).toEqual({ direct, active });
  });
});
