import { DagDefinition, TaskDefinition } from '../fleet/types';
import { hashText } from './random';

/** A task with its place in the DAG and on the time axis of a usual run. */
export interface PlannedTask {
  task: TaskDefinition;
  index: number;
  hash: number;
  downstream: string[];
  /** Seconds after the start of a usual run. */
  start: number;
  end: number;
  isLeaf: boolean;
}

/** What can be known of a task graph before any run. */
export interface TaskGraph {
  tasks: PlannedTask[];
  byId: Map<string, PlannedTask>;
  totalSeconds: number;
  descendants(taskId: string): Set<string>;
  ancestors(taskId: string): Set<string>;
}

// Generated DAGs share their task lists, so one graph serves thousands.
const graphs = new WeakMap<TaskDefinition[], TaskGraph>();

/** The graph of a DAG, worked out once per task list. */
export function graphOf(dag: DagDefinition): TaskGraph {
  let graph = graphs.get(dag.tasks);
  if (!graph) {
    graph = build(dag.tasks);
    graphs.set(dag.tasks, graph);
  }
  return graph;
}

function build(definitions: TaskDefinition[]): TaskGraph {
  const byId = new Map<string, PlannedTask>();
  const tasks = definitions.map((task, index) => {
    const start = task.upstream.reduce(
      (latest, id) => Math.max(latest, requirePlanned(byId, id).end),
      0,
    );
    const planned: PlannedTask = {
      task,
      index,
      hash: hashText(task.taskId),
      downstream: [],
      start,
      end: start + task.seconds,
      isLeaf: true,
    };
    byId.set(task.taskId, planned);
    for (const id of task.upstream) {
      const parent = requirePlanned(byId, id);
      parent.downstream.push(task.taskId);
      parent.isLeaf = false;
    }
    return planned;
  });
  const reach = (taskId: string, next: (t: PlannedTask) => string[]) => {
    const seen = new Set<string>();
    const queue = [taskId];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      for (const other of next(requirePlanned(byId, id))) {
        if (!seen.has(other)) {
          seen.add(other);
          queue.push(other);
        }
      }
    }
    return seen;
  };
  const descendants = new Map<string, Set<string>>();
  return {
    tasks,
    byId,
    totalSeconds: Math.max(1, ...tasks.map(t => t.end)),
    descendants(taskId) {
      let found = descendants.get(taskId);
      if (!found) {
        found = reach(taskId, t => t.downstream);
        descendants.set(taskId, found);
      }
      return found;
    },
    ancestors: taskId => reach(taskId, t => t.task.upstream),
  };
}

function requirePlanned(
  byId: Map<string, PlannedTask>,
  taskId: string,
): PlannedTask {
  const planned = byId.get(taskId);
  if (!planned) {
    throw new Error(`Task ${taskId} must be declared before its downstream`);
  }
  return planned;
}
