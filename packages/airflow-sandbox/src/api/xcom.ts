import { RunFacts } from '../simulation/cluster';
import { incidental, TaskFacts } from '../simulation/taskInstances';

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
  return [
    {
      key: 'return_value',
      at: task.endAt,
      value: { rows, ok: true, table: task.planned.task.taskId },
    },
  ];
}
