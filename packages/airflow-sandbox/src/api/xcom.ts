import { RunFacts } from '../simulation/run';
import { TaskFacts } from '../simulation/taskFacts';
import { incidental } from '../simulation/taskInstances';

/** A value that a task left behind. */
export interface XComFacts {
  key: string;
  at: number;
  value: unknown;
}

/** What a finished task instance pushed. */
export function xcomsOf(run: RunFacts, task: TaskFacts): XComFacts[] {
  if (task.state !== 'success' || task.endAt === null) return [];
  const rows = incidental(run.context, task, 9) % 10_000;
  const { taskId, xcoms = {} } = task.planned.task;
  const at = task.endAt;
  return [
    { key: 'return_value', at, value: { rows, ok: true, table: taskId } },
    ...Object.entries(xcoms).map(([key, value]) => ({ key, at, value })),
  ];
}

/** JSON as Python writes it: NaN stands bare. */
export function pythonJson(value: unknown): string {
  const mark = '\u0000NaN';
  const marked = JSON.stringify(value, (_, one) =>
    Number.isNaN(one) ? mark : one,
  );
  return marked.replaceAll(JSON.stringify(mark), 'NaN');
}
