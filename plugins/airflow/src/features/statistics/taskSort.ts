import type { TaskStatistics } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Column } from '../../ui/layout';
import {
  failureShare,
  medianDuration,
  p95Duration,
  queuedDuration,
  successShare,
} from './figures';
import { shareText } from './texts';

const instances: Column<TaskStatistics> = {
  title: 'Instances',
  isNumber: true,
  cell: task => String(task.instances),
};

const retriedShare: Column<TaskStatistics> = {
  title: 'Tried again',
  isNumber: true,
  cell: task => shareText(task.retried, task.instances),
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

/** What the table of tasks is sorted by. */
export type TaskSortColumn = 'taskId' | (typeof taskFigures)[number]['sort'];

/** The same, with a leading `-` the other way round. */
export type TaskSort = TaskSortColumn | `-${TaskSortColumn}`;

const sortColumns: readonly TaskSortColumn[] = [
  'taskId',
  ...taskFigures.map(({ sort }) => sort),
];

export const taskSorts: readonly TaskSort[] = sortColumns.flatMap(
  (column): TaskSort[] => [column, `-${column}`],
);

const share = (part: number, whole: number) =>
  whole === 0 ? null : part / whole;

const valueOf: Record<
  TaskSortColumn,
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
  const column = sortColumns.find(one => sort.endsWith(one));
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
