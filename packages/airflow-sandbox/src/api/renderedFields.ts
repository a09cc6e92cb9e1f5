import { RunFacts } from '../simulation/run';
import { TaskFacts } from '../simulation/taskFacts';

/** The fields of a task's operator with their templates filled in, once it was tried. */
export function renderedFields(run: RunFacts, task: TaskFacts): object {
  if (task.tryNumber === 0) return {};
  const { rendered } = task.planned.task;
  if (rendered) return rendered;
  return task.planned.task.operator === 'BashOperator'
    ? { bash_command: `echo ${run.runId}`, env: null }
    : { op_args: '()', op_kwargs: '{}', templates_dict: null };
}
