import type {
  Alert,
  AlertRuleType,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { ClearButton } from '../actions';
import { runOf, taskOf } from './names';

/** What is wrong with these is that the run failed which they name. */
const ofFailures: readonly AlertRuleType[] = [
  'run-failed',
  'failures-in-a-row',
  'older-run-failed',
];

/** Has the run that failed run again, from the task that failed first where that is known. */
export function ClearFailed({ alert }: { alert: Alert }) {
  const task = taskOf(alert);
  if (task) {
    return <ClearButton name={task} task={task} text="Clear from here…" />;
  }
  const run = ofFailures.includes(alert.ruleType) ? runOf(alert) : null;
  return run && <ClearButton name={run} />;
}
