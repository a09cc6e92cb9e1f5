import { ClusterSimulation } from './cluster';
import { RunFacts } from './run';
import { durationOf } from './duration';
import { inRange, Range } from './range';
import { compareValues } from './runSort';
import { TaskFacts } from './taskFacts';

/** A task instance together with its run. */
export interface TaskRow {
  run: RunFacts;
  task: TaskFacts;
}

/** Conditions on task instances; state null means "no status". */
export interface TaskFilter {
  taskIds?: readonly string[];
  states?: ReadonlySet<string | null>;
  pools?: readonly string[];
  queues?: readonly string[];
  operators?: readonly string[];
  mapIndexes?: readonly number[];
  tryNumbers?: readonly number[];
  startDate?: Range;
  endDate?: Range;
  updatedAt?: Range;
  /** Seconds. */
  duration?: Range;
  where?: (row: TaskRow) => boolean;
}

function matches(row: TaskRow, filter: TaskFilter): boolean {
  const { task } = row;
  const definition = task.planned.task;
  return (
    (!filter.states || filter.states.has(task.state)) &&
    (!filter.pools || filter.pools.includes(definition.pool)) &&
    (!filter.queues || filter.queues.includes(definition.queue)) &&
    (!filter.operators || filter.operators.includes(definition.operator)) &&
    (!filter.mapIndexes || filter.mapIndexes.includes(task.mapIndex)) &&
    (!filter.tryNumbers || filter.tryNumbers.includes(task.tryNumber)) &&
    inRange(task.startAt, filter.startDate) &&
    inRange(task.endAt, filter.endDate) &&
    inRange(task.updatedAt, filter.updatedAt) &&
    inRange(durationOf(task), filter.duration) &&
    (!filter.where || filter.where(row))
  );
}

/** The task instances of some runs that match, in the order of the runs. */
export function findTasks(
  cluster: ClusterSimulation,
  runs: Iterable<RunFacts>,
  filter: TaskFilter,
): TaskRow[] {
  const found: TaskRow[] = [];
  for (const run of runs) {
    for (const task of cluster.taskInstances(run)) {
      if (
        filter.taskIds &&
        !filter.taskIds.includes(task.planned.task.taskId)
      ) {
        continue;
      }
      const row = { run, task };
      if (matches(row, filter)) found.push(row);
    }
  }
  return found;
}

/** The instances of a task in a run once it is mapped. */
export function findMapped(
  cluster: ClusterSimulation,
  run: RunFacts | undefined,
  taskId: string,
  filter: TaskFilter,
): TaskRow[] {
  return findTasks(cluster, run ? [run] : [], {
    ...filter,
    taskIds: [taskId],
  }).filter(r => r.task.mapIndex >= 0);
}

/** A task that started after a time belongs to a run that was still open. */
export function runsUpdated({ startDate }: TaskFilter): Range | undefined {
  return startDate?.from === undefined ? undefined : { from: startDate.from };
}

/** Task instances as they are after something was done to them. */
export function tasksNow(
  cluster: ClusterSimulation,
  run: RunFacts,
  tasks: readonly TaskFacts[],
): TaskRow[] {
  const fresh = cluster.facts(run);
  return tasks.map(task => ({
    run: fresh,
    task: cluster.taskInstance(fresh, task.planned, task.mapIndex) ?? task,
  }));
}

export type TaskSortKey =
  | 'map_index'
  | 'state'
  | 'duration'
  | 'start_date'
  | 'end_date'
  | 'try_number'
  | 'run_after'
  | 'logical_date'
  | 'operator'
  | 'id';

function sortValue(row: TaskRow, key: TaskSortKey): number | string | null {
  switch (key) {
    case 'state':
      return row.task.state;
    case 'duration':
      return durationOf(row.task);
    case 'start_date':
      return row.task.startAt;
    case 'end_date':
      return row.task.endAt;
    case 'try_number':
      return row.task.tryNumber;
    case 'run_after':
      return row.run.runAfter;
    case 'logical_date':
      return row.run.logicalDate;
    case 'operator':
      return row.task.planned.task.operator;
    case 'id':
      return row.task.planned.index;
    default:
      return row.task.mapIndex;
  }
}

/** Sorts in place; ties keep the order of runs and tasks. */
export function sortTasks(
  rows: TaskRow[],
  key: TaskSortKey,
  descending: boolean,
): TaskRow[] {
  const direction = descending ? -1 : 1;
  return rows.sort(
    (a, b) => direction * compareValues(sortValue(a, key), sortValue(b, key)),
  );
}
