import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { ClearButton } from '../actions';
import { runOf, taskOf } from './names';

/** Has the run that failed run again, from the task that failed first where that is known. */
export function ClearFailed({ alert }: { alert: Alert }) {
  const task = taskOf(alert);
  if (task) {
    return <ClearButton name={task} task={task} text="Clear from here…" />;
  }
  const isOfFailure =
    alert.ruleType === 'run-failed' || alert.ruleType === 'failures-in-a-row';
  const run = isOfFailure ? runOf(alert) : null;
  return run && <ClearButton name={run} />;
}
