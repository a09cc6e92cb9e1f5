import type {
  DagTask,
  TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { blockersOf } from './upstream';

/** Tasks by what is above them. */
function structureOf(above: Record<string, string[]>) {
  const tasks = Object.entries(above).map(
    ([taskId, upstream]): DagTask => ({
      taskId,
      label: taskId,
      groupId: null,
      operator: null,
      isMapped: false,
      triggerRule: 'all_success',
      upstream,
      downstream: [],
    }),
  );
  return { tasks, groups: [] };
}

const diamond = structureOf({
  start: [],
  left: ['start'],
  right: ['start'],
  join: ['left', 'right'],
  end: ['join'],
});

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
