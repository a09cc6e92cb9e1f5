import type { TaskStatistics } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  failureShare,
  medianDuration,
  p95Duration,
  queuedDuration,
  successShare,
  type Figure,
} from './figures';
import { shareText } from './texts';

const instances: Figure<TaskStatistics> = {
  title: 'Instances',
  isNumber: true,
  text: task => String(task.instances),
};

const retriedShare: Figure<TaskStatistics> = {
  title: 'Tried again',
  isNumber: true,
  text: task => shareText(task.retried, task.instances),
};

/** What is told of a task in numbers. */
export const taskFigures = [
  { ...instances, sort: 'instances' },
  { ...successShare, sort: 'success' },
  { ...failureShare, sort: 'failure' },
  { ...retriedShare, sort: 'retried' },
  { ...medianDuration, sort: 'median' },
  { ...p95Duration, sort: 'p95' },
  { ...queuedDuration, sort: 'queued' },
] as const;

/** The columns of the table of tasks, each of which sorts it. */
export const taskColumns = [
  { title: 'Task', sort: 'taskId' },
  ...taskFigures,
] as const;

type Column = (typeof taskColumns)[number]['sort'];

/** A column of the table of tasks, with a leading `-` the other way round. */
export type TaskSort = Column | `-${Column}`;

export const taskSorts: readonly TaskSort[] = taskColumns.flatMap(
  ({ sort }): TaskSort[] => [sort, `-${sort}`],
);

const share = (part: number, whole: number) =>
  whole === 0 ? null : part / whole;

const valueOf: Record<
  Column,
  (task: TaskStatistics) => number | string | null
> = {
  taskId: task => task.taskId,
  instances: task => task.instances,
  success: task => share(task.success, task.success + task.failed),
  failure: task => share(task.failed, task.success + task.failed),
  retried: task => share(task.retried, task.instances),
  median: task => task.medianMs,
  p95: task => task.p95Ms,
  queued: task => task.queuedMs,
};

/** Tasks in order; those without a value come last in both directions. */
export function sortTasks(
  tasks: readonly TaskStatistics[],
  sort: TaskSort,
): TaskStatistics[] {
  const column = taskColumns.find(one => sort.endsWith(one.sort))?.sort;
  const value = valueOf[column ?? 'taskId'];
  const turn = sort.startsWith('-') ? -1 : 1;
  return [...tasks].sort((a, b) => {
    const left = value(a);
    const right = value(b);
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -turn : turn;
  });
}
