import {
  countSummarised,
  leadingState,
  type DagStructure,
  type DagTask,
  type TaskCounts,
  type TaskGroup,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { RunTasks } from '../../data/useGrid';

interface Placed {
  label: string;
  /** How many groups it is in. */
  depth: number;
  /** The tasks that its cells tell of. */
  taskIds: readonly string[];
}

/** A row of the grid: a task, a task group, or a task that the DAG no longer has. */
export type GridRow = Placed &
  (
    | { kind: 'task'; id: string; task: DagTask }
    | { kind: 'group'; id: string; isFolded: boolean }
    | { kind: 'past-task'; id: string }
  );

interface Group extends TaskGroup {
  depth: number;
  taskIds: string[];
}

/** The groups with all tasks that are in them or in groups of theirs. */
function groupsOf({ tasks, groups }: DagStructure): Map<string, Group> {
  const known = new Map<string, Group>();
  for (const group of groups) {
    const parent =
      group.parentId === null ? undefined : known.get(group.parentId);
    const depth = parent ? parent.depth + 1 : 0;
    known.set(group.groupId, { ...group, depth, taskIds: [] });
  }
  for (const { taskId, groupId } of tasks) {
    for (const group of upwards(groupId, known)) group.taskIds.push(taskId);
  }
  return known;
}

function upwards(
  groupId: string | null,
  groups: ReadonlyMap<string, Group>,
): Group[] {
  const group = groupId === null ? undefined : groups.get(groupId);
  return group ? [group, ...upwards(group.parentId, groups)] : [];
}

/** Every task and group in the order of the DAG, what is in a group below it; what is in a folded group is left out. */
export function gridRows(
  structure: DagStructure,
  folded: ReadonlySet<string>,
  /** Ids of tasks that ran, of which the DAG may no longer have some. */
  ran: Iterable<string> = [],
): GridRow[] {
  const groups = groupsOf(structure);
  const rows: GridRow[] = [];
  const within = (parentId: string | null) => {
    const seen = new Set<string>();
    for (const task of structure.tasks) {
      const path = upwards(task.groupId, groups).reverse();
      const at = path.findIndex(({ groupId }) => groupId === parentId);
      if (parentId !== null && at === -1) continue;
      const child = path[at + 1];
      if (!child) {
        const { taskId, label } = task;
        const [id, taskIds, depth] = [taskId, [taskId], path.length];
        rows.push({ kind: 'task', id, label, depth, taskIds, task });
      } else if (!seen.has(child.groupId)) {
        const { groupId, label, depth, taskIds } = child;
        const isFolded = folded.has(groupId);
        seen.add(groupId);
        rows.push({
          kind: 'group',
          id: groupId,
          label,
          depth,
          taskIds,
          isFolded,
        });
        if (!isFolded) within(groupId);
      }
    }
  };
  within(null);
  const present = new Set(structure.tasks.map(({ taskId }) => taskId));
  const past = [...new Set(ran)].filter(id => !present.has(id)).sort();
  return [
    ...rows,
    ...past.map(
      (id): GridRow => ({
        kind: 'past-task',
        id,
        label: id,
        depth: 0,
        taskIds: [id],
      }),
    ),
  ];
}

/** The tasks whose id or label has a text in it, without regard to case; groups are left out. */
export function matching(rows: readonly GridRow[], text: string): GridRow[] {
  const wanted = text.toLowerCase();
  return rows.filter(
    ({ kind, id, label }) =>
      kind !== 'group' &&
      [id, label].some(own => own.toLowerCase().includes(wanted)),
  );
}

/** What a cell tells: a task in a run, or a group of tasks taken together. */
export interface GridCell {
  state: TaskState;
  /** How many instances are in each state; null for one task that is not mapped. */
  counts: TaskCounts | null;
  tryNumber: number;
  hasNote: boolean;
}

/** The cell of a row in a run; undefined where the run had no such task. */
export function gridCell(row: GridRow, tasks: RunTasks): GridCell | undefined {
  const own = row.taskIds.flatMap(id => tasks.get(id) ?? []);
  if (own.length === 0) return undefined;
  const isOne = row.kind !== 'group' && !own[0].counts;
  return {
    state: leadingState(own.map(({ state }) => state)),
    counts: isOne ? null : countSummarised(own),
    tryNumber: Math.max(...own.map(({ tryNumber = 1 }) => tryNumber)),
    hasNote: own.some(({ hasNote }) => hasNote ?? false),
  };
}
