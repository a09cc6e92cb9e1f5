import type {
  DagStructure,
  DagTask,
  TaskGroup,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DeclaredTask } from './bodies';

/**
 * Airflow's public API tells a task's groups by its id alone: `prepare.clean` is in the group `prepare`. So a task
 * whose group does not prefix its ids shows outside of it.
 */
export function toStructure(declared: readonly DeclaredTask[]): DagStructure {
  const ids = new Set(declared.map(({ taskId }) => taskId));
  const upstream = new Map(
    [...ids].map((taskId): [string, string[]] => [taskId, []]),
  );
  for (const { taskId, downstream } of declared) {
    for (const after of downstream) upstream.get(after)?.push(taskId);
  }
  const depths = depthsOf(upstream);
  const inOrder = [...declared].sort(
    (a, b) =>
      (depths.get(a.taskId) ?? 0) - (depths.get(b.taskId) ?? 0) ||
      (a.taskId < b.taskId ? -1 : 1),
  );
  const groups = new Map<string, TaskGroup>();
  const tasks = inOrder.map((task): DagTask => {
    const groupId = groupOf(task.taskId, ids, groups);
    const { displayName, downstream, ...same } = task;
    const named = displayName ?? task.taskId;
    return {
      ...same,
      label: named === task.taskId ? lastName(named, groupId) : named,
      groupId,
      upstream: (upstream.get(task.taskId) ?? []).sort(),
      downstream: downstream.filter(id => ids.has(id)).sort(),
    };
  });
  return { tasks, groups: [...groups.values()] };
}

/** The group of a task, noted with the groups that it is in; no task has the id of a group. */
function groupOf(
  id: string,
  ids: ReadonlySet<string>,
  groups: Map<string, TaskGroup>,
): string | null {
  const end = id.lastIndexOf('.');
  if (end <= 0) return null;
  const groupId = id.slice(0, end);
  const parentId = groupOf(groupId, ids, groups);
  if (ids.has(groupId)) return parentId;
  if (!groups.has(groupId)) {
    const label = lastName(groupId, parentId);
    groups.set(groupId, { groupId, label, parentId });
  }
  return groupId;
}

function lastName(id: string, groupId: string | null): string {
  const own = groupId === null ? id : id.slice(groupId.length + 1);
  return own || id;
}

/** How many tasks in a row come before each. What would wait for itself counts as last. */
function depthsOf(
  upstream: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const depths = new Map<string, number>();
  let waiting = [...upstream.keys()];
  for (let depth = 0; waiting.length > 0; depth += 1) {
    const ready = waiting.filter(id =>
      upstream.get(id)?.every(before => depths.has(before)),
    );
    const reached = ready.length > 0 ? ready : waiting;
    for (const id of reached) depths.set(id, depth);
    waiting = waiting.filter(id => !depths.has(id));
  }
  return depths;
}
