import type {
  DagTask,
  TaskSummary,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { criticalPath } from './criticalPath';

const task = (taskId: string, upstream: string[]): DagTask => ({
  taskId,
  label: taskId,
  groupId: null,
  operator: null,
  isMapped: false,
  triggerRule: 'all_success',
  upstream,
  downstream: [],
});

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

const tasks = [
  task('read', []),
  task('quick', ['read']),
  task('slow', ['read']),
  task('join', ['quick', 'slow']),
  task('aside', []),
];
const structure = { tasks, groups: [] };

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
