import type { TaskState } from '@airflow-fleet/backstage-plugin-airflow-common';
import { aTask } from '../../../__testUtils__/rows';
import { identify } from './identify';

const instance = (taskId: string, mapIndex: number, state: TaskState) =>
  aTask(taskId, { mapIndex, state });

const instances = [
  instance('read', -1, 'success'),
  instance('load', 0, 'failed'),
  instance('load', 1, 'success'),
  instance('load', 2, 'failed'),
  instance('report', -1, 'upstream_failed'),
];
const told = (...taskIds: string[]) => taskIds.map(taskId => ({ taskId }));
const failed = (mapIndex: number) => ({
  taskId: 'load',
  mapIndex,
  state: 'failed',
});

describe('what Airflow 2 means by the tasks that it names', () => {
  it.each([
    [
      'every instance of a mapped task',
      told('load', 'load', 'load'),
      false,
      [failed(0), { taskId: 'load', mapIndex: 1, state: 'success' }, failed(2)],
    ],
    [
      'those that failed or were held up',
      told('load', 'report', 'load'),
      true,
      [
        failed(0),
        failed(2),
        { taskId: 'report', mapIndex: -1, state: 'upstream_failed' },
      ],
    ],
    [
      'some of a mapped task, and nobody knows which',
      told('load', 'read'),
      false,
      [
        { taskId: 'load', mapIndex: null, state: null },
        { taskId: 'read', mapIndex: -1, state: 'success' },
      ],
    ],
    [
      'a task that was not there a moment ago',
      told('new'),
      false,
      [{ taskId: 'new', mapIndex: null, state: null }],
    ],
    ['nothing', [], true, []],
  ])('%s', (_, named, onlyFailed, expected) => {
    expect(identify(named, instances, { onlyFailed })).toEqual(expected);
  });
});
