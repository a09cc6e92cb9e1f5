import type { TaskSummary } from '@airflow-fleet/backstage-plugin-airflow-common';
import { structureOf, taskOf } from '../../__testUtils__/tasks';
import { criticalPath } from './criticalPath';

const at = (second: number) =>
  new Date(Date.UTC(2026, 10, 25, 2, 0, second)).toISOString();

const ran = (
  taskId: string,
  from: number,
  to: number | null,
): [string, TaskSummary] => [
  taskId,
  {
    taskId,
    state: 'success',
    startedAt: at(from),
    ...(to !== null && { endedAt: at(to) }),
  },
];

const structure = structureOf([
  taskOf('read'),
  taskOf('quick', ['read']),
  taskOf('slow', ['read']),
  taskOf('join', ['quick', 'slow']),
  taskOf('aside'),
]);

describe('criticalPath', () => {
  it('goes back from what ended last by what it had to wait for', () => {
    const summaries = new Map([
      ran('read', 0, 5),
      ran('quick', 5, 6),
      ran('slow', 5, 50),
      ran('join', 50, 55),
      ran('aside', 0, 20),
    ]);
    expect(criticalPath(structure, summaries)).toEqual([
      'read',
      'slow',
      'join',
    ]);
  });

  it('leaves out what did not run, and is empty before anything ended', () => {
    expect(
      criticalPath(
        structure,
        new Map([ran('read', 0, 5), ran('slow', 5, null)]),
      ),
    ).toEqual(['read']);
    expect(criticalPath(structure, new Map())).toEqual([]);
  });
});
