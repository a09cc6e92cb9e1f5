import type {
  DagStructure,
  DagTask,
  TaskGroup,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** What a graph shows as one: a task, or a task group with what is in it. */
export interface GraphNode {
  id: string;
  label: string;
  /** Null for a group. */
  task: DagTask | null;
  /** The tasks that it tells of. */
  taskIds: string[];
  isFolded: boolean;
  /** What is drawn inside of it. */
  children: GraphNode[];
}

/** The nodes of a DAG, and where each of its tasks is to be found. */
export interface GraphTree {
  roots: GraphNode[];
  /** For each task the nodes that lead to it, from a root to the node that stands for it. */
  paths: ReadonlyMap<string, readonly GraphNode[]>;
}

/** Puts tasks into their groups. A folded group stands for everything in it. */
export function graphTree(
  { tasks, groups }: DagStructure,
  folded: ReadonlySet<string>,
): GraphTree {
  const known = new Map(groups.map(group => [group.groupId, group]));
  const nodes = new Map<string, GraphNode>();
  const roots: GraphNode[] = [];
  const paths = new Map<string, GraphNode[]>();
  for (const task of tasks) {
    const path: GraphNode[] = [];
    for (const group of outermostFirst(task.groupId, known)) {
      const { groupId, label } = group;
      const inside = path.at(-1)?.children ?? roots;
      let node = nodes.get(groupId);
      if (!node) {
        const isFolded = folded.has(groupId);
        node = { ...empty(groupId, label), isFolded };
        nodes.set(groupId, node);
        inside.push(node);
      }
      node.taskIds.push(task.taskId);
      path.push(node);
      if (node.isFolded) break;
    }
    if (!path.at(-1)?.isFolded) {
      const inside = path.at(-1)?.children ?? roots;
      const node = { ...empty(task.taskId, task.label), task };
      node.taskIds.push(task.taskId);
      inside.push(node);
      path.push(node);
    }
    paths.set(task.taskId, path);
  }
  return { roots, paths };
}

function empty(id: string, label: string): GraphNode {
  return { id, label, task: null, taskIds: [], isFolded: false, children: [] };
}

function outermostFirst(
  groupId: string | null,
  groups: ReadonlyMap<string, TaskGroup>,
): TaskGroup[] {
  const group = groupId === null ? undefined : groups.get(groupId);
  return group ? [...outermostFirst(group.parentId, groups), group] : [];
}
