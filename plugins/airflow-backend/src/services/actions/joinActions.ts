import type {
  Activity,
  PortalAction,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** Airflow writes an action down within this of the portal, clocks apart included. */
export const PAIRED_MS = 60_000;

/** What Airflow calls the portal's actions, of any version, without what stands before the dot. */
const namesOf: Record<string, readonly string[]> = {
  'dag-trigger': ['post_dag_run', 'trigger_dag_run'],
  'dag-pause': ['patch_dag'],
  'dag-unpause': ['patch_dag'],
  'dag-delete': ['delete_dag'],
  'dag-reparse': ['reparse_dag_file'],
  'run-clear': ['clear_dag_run', 'post_clear_task_instances'],
  'task-clear': ['clear_dag_run', 'post_clear_task_instances'],
  'run-mark': ['update_dag_run_state', 'patch_dag_run'],
  'task-mark': [
    'post_set_task_instances_state',
    'patch_task_instance',
    'set_task_instance_state',
  ],
  'run-note': ['set_dag_run_note', 'patch_dag_run'],
  'task-note': ['set_task_instance_note', 'patch_task_instance'],
  'run-delete': ['delete_dag_run'],
  'backfill-create': ['create_backfill'],
  'backfill-pause': ['pause_backfill'],
  'backfill-unpause': ['unpause_backfill'],
  'backfill-cancel': ['cancel_backfill'],
  'task-answer': ['update_hitl_detail'],
};

/**
 * Sets the portal's actions beside Airflow's lines: a line that is such an action is told once, with who did it and why;
 * other actions are lines of their own. Newest first, as both are given.
 *
 * @param isShown - whether an action that Airflow has no line of belongs to this page
 */
export function joinActions(
  lines: readonly Activity[],
  actions: readonly PortalAction[],
  isShown: (action: PortalAction) => boolean,
): Activity[] {
  const left = new Set(actions);
  const joined = lines.map(line => {
    const action = nearest(line, left);
    if (!action) return line;
    left.delete(action);
    return { ...line, portal: action };
  });
  const alone = [...left].filter(isShown).map(toLine);
  return [...joined, ...alone].sort(
    (a, b) => Date.parse(b.at) - Date.parse(a.at),
  );
}

function nearest(
  line: Activity,
  actions: Iterable<PortalAction>,
): PortalAction | undefined {
  const apart = (action: PortalAction) =>
    Math.abs(Date.parse(action.at) - Date.parse(line.at));
  return [...actions]
    .filter(action => isSame(line, action) && apart(action) <= PAIRED_MS)
    .sort((a, b) => apart(a) - apart(b))
    .at(0);
}

/** Airflow 2 does not tell the run of most of its lines. */
function isSame(line: Activity, action: PortalAction): boolean {
  const event = line.event.slice(line.event.lastIndexOf('.') + 1);
  return (
    action.error === null &&
    (namesOf[action.event]?.includes(event) ?? false) &&
    (line.dagId ?? action.dagId) === action.dagId &&
    (line.runId ?? action.runId) === (action.runId ?? line.runId)
  );
}

function toLine(action: PortalAction): Activity {
  const { id, at, event, dagId, runId, taskId } = action;
  return {
    id: `portal-${id}`,
    at,
    event,
    who: null,
    dagId,
    runId,
    taskId,
    portal: action,
  };
}
