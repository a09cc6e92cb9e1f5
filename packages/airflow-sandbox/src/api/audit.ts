import { ClusterSimulation } from '../simulation/cluster';
import { AuditEntry } from '../simulation/overlay';

const HISTORY = 20;

/** What a query says about the entries that it wants. */
interface AuditQuery {
  text(name: string): string | undefined;
  list(name: string): string[] | undefined;
  instant(name: string): number | undefined;
}

/** What people did before the server started, then what they did since. */
function auditEntries(cluster: ClusterSimulation): AuditEntry[] {
  const events = ['trigger_dag_run', 'patch_dag', 'post_clear_task_instances'];
  const dags = cluster.dagBag.all();
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

/** The entries of the audit log that a query asks for, oldest first. */
export function auditEntriesFor(
  cluster: ClusterSimulation,
  query: AuditQuery,
): AuditEntry[] {
  const included = query.list('included_events');
  const excluded = query.list('excluded_events');
  const before = query.instant('before');
  const after = query.instant('after');
  const is = (name: string, value: string | null) => {
    const wanted = query.text(name);
    return wanted === undefined || wanted === value;
  };
  return auditEntries(cluster).filter(
    e =>
      is('dag_id', e.dagId) &&
      is('task_id', e.taskId) &&
      is('run_id', e.runId) &&
      is('event', e.event) &&
      is('owner', e.owner) &&
      (!included || included.includes(e.event)) &&
      (!excluded || !excluded.includes(e.event)) &&
      (before === undefined || e.when < before) &&
      (after === undefined || e.when > after),
  );
}
