import type { DagPresence } from '@airflow-fleet/backstage-plugin-airflow-common';
import { event } from './lifecycle';
import type { AbsentDag, ClusterFacts } from '../model/clusterFacts';
import type { Decision, StoredAlert } from '../model/storedAlerts';

/**
 * Has the timeline of each open alert say what became of its DAG, since an alert of a DAG that is not listed stays open
 * and nothing shows whether it is over.
 *
 * @param alerts - the open alerts that the decision was about, as they were
 */
export function presenceSteps(
  decision: Decision,
  alerts: readonly StoredAlert[],
  { absent, dags }: Pick<ClusterFacts, 'absent' | 'dags'>,
  now: Date,
): Decision {
  const decided = new Map(decision.alerts.map(alert => [alert.id, alert]));
  const after = new Map([
    ...alerts.map(alert => [alert.id, alert] as const),
    ...decided,
  ]);
  const events: Decision['events'] = [];
  for (const alert of after.values()) {
    const { subject } = alert;
    if (alert.status === 'resolved' || alert.ruleType === 'dag-vanished') {
      continue;
    }
    if (subject.kind !== 'dag' && subject.kind !== 'run') continue;
    const dag = absent.get(subject.dagId);
    if (!dag && !dags.has(subject.dagId)) continue;
    const state = dag?.presence.state ?? null;
    if (state === alert.dagPresence) continue;
    decided.set(alert.id, { ...alert, dagPresence: state });
    events.push({
      ...event('presence', now.toISOString(), textOf(dag)),
      alertId: alert.id,
    });
  }
  return {
    ...decision,
    alerts: [...decided.values()],
    events: [...decision.events, ...events],
  };
}

const words: Record<DagPresence, string> = {
  listed: 'is listed again',
  broken: 'is broken',
  unparsed: 'is not parsed any more',
  doubted: 'is in doubt',
  vanished: 'vanished',
  deleted: 'was deleted',
};

function textOf(dag: AbsentDag | undefined): string {
  if (!dag) return 'The DAG is listed again';
  const { state, reason } = dag.presence;
  return `Stays open, though the DAG ${words[state]}: ${
    reason ?? 'Airflow tells no more'
  }`;
}
