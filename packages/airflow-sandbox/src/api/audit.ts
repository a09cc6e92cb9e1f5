import { ClusterSimulation } from '../simulation/cluster';
import { AuditEntry } from '../simulation/overlay';

const HISTORY = 20;

/** What people did before the server started, then what they did since. */
export function auditEntries(cluster: ClusterSimulation): AuditEntry[] {
  const events = ['trigger_dag_run', 'patch_dag', 'post_clear_task_instances'];
  const dags = cluster.dags();
  const past = dags.slice(0, HISTORY).map((dag, i) => ({
    id: i + 1,
    when: dag.startDate + (i + 1) * 3_600_000,
    event: events[i % events.length],
    owner: 'admin',
    dagId: dag.dagId,
    runId: null,
    taskId: null,
    extra: null,
  }));
  return [
    ...past,
    ...cluster.overlay.audit.map(e => ({ ...e, id: e.id + past.length })),
  ];
}
