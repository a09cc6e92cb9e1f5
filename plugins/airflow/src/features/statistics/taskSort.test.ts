import { sortTasks, taskSorts, type TaskSort } from './taskSort';

const task = (taskId: string, change: object = {}) => ({
  taskId,
  instances: 1,
  success: 1,
  failed: 0,
  retried: 0,
  medianMs: 1,
  p95Ms: 1,
  queuedMs: 1,
  ...change,
});

const tasks = [
  task('b', { failed: 1, medianMs: 20, p95Ms: 9 }),
  task('a', { medianMs: 100, retried: 1 }),
  task('c', { success: 0, medianMs: null, instances: 7 }),
];

describe('the order of tasks', () => {
  it.each<[TaskSort, string]>([
    ['taskId', 'abc'],
    ['-taskId', 'cba'],
    ['-failure', 'bac'],
    ['median', 'bac'],
    ['-median', 'abc'],
    ['-retried', 'abc'],
    ['-p95', 'bac'],
    ['-instances', 'cba'],
  ])('goes by %s', (sort, order) => {
    const sorted = sortTasks(tasks, sort).map(({ taskId }) => taskId);
    expect(sorted.join('')).toBe(order);
  });

  it('loses none', () => {
    for (const sort of taskSorts) {
      expect(sortTasks(tasks, sort)).toHaveLength(tasks.length);
    }
  });
});
