import type { Airflow } from './Airflow';
import type { Told } from './Receiver';

/**
 * Whether a notice that no step asked for is true by Airflow's own runs: trouble breaks what nobody meant to break, as
 * tasks that lose the API server of their Airflow 3.
 */
export async function isTrue(
  { notice, alert }: Told,
  airflow: Airflow,
): Promise<boolean> {
  if (alert.subject.kind !== 'dag' && alert.subject.kind !== 'run')
    return false;
  const { dagId } = alert.subject;
  if (alert.ruleType === 'run-too-long' && alert.subject.kind === 'run') {
    const state = await airflow.stateOf(dagId, alert.subject.runId);
    return notice === 'resolved' || state === 'running';
  }
  const [runId, wanted] =
    notice === 'fired'
      ? [alert.runId, 'failed']
      : [proofOf(alert.resolution), 'success'];
  return runId !== null && (await airflow.stateOf(dagId, runId)) === wanted;
}

/** The run that proves it right again. */
function proofOf(resolution: Told['alert']['resolution']): string | null {
  return resolution?.kind === 'proof' ? resolution.runId : null;
}
