import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagName } from '../../data/useDag';
import type { RunName, TaskName } from '../../data/useRuns';

/** The DAG that an alert is about; null for one about a cluster, a component or a file. */
export function dagOf({ subject }: Alert): DagName | null {
  return subject.kind === 'dag' || subject.kind === 'run'
    ? { cluster: subject.cluster, dagId: subject.dagId }
    : null;
}

/** The run that an alert is about, where there is one. */
export function runOf(alert: Alert): RunName | null {
  const dag = dagOf(alert);
  return dag && alert.runId !== null ? { ...dag, runId: alert.runId } : null;
}

/** The task that failed first, where that is known. */
export function taskOf(
  alert: Alert,
): (TaskName & { tryNumber: number }) | null {
  const dag = dagOf(alert);
  if (!dag || !alert.failure) return null;
  const { runId, taskId, mapIndex, tryNumber } = alert.failure;
  return { ...dag, runId, taskId, mapIndex, tryNumber };
}
