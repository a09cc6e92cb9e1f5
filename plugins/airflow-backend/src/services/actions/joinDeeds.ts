import type {
  Activity,
  PortalDeed,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** Airflow writes a deed down within this of the portal, clocks apart included. */
export const PAIRED_MS = 60_000;

/** What Airflow calls the portal's deeds, of any version, without what stands before the dot. */
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
 * Sets the portal's deeds beside Airflow's lines: a line that is such a deed is told once, with who did it and why;
 * other deeds are lines of their own. Newest first, as both are given.
 *
 * @param isShown - whether a deed that Airflow has no line of belongs to this page
 */
export function joinDeeds(
  lines: readonly Activity[],
  deeds: readonly PortalDeed[],
  isShown: (deed: PortalDeed) => boolean,
): Activity[] {
  const left = new Set(deeds);
  const told = lines.map(line => {
    const deed = nearest(line, left);
    if (!deed) return line;
    left.delete(deed);
    return { ...line, portal: deed };
  });
  const alone = [...left].filter(isShown).map(toLine);
  return [...told, ...alone].sort(
    (a, b) => Date.parse(b.at) - Date.parse(a.at),
  );
}

function nearest(
  line: Activity,
  deeds: Iterable<PortalDeed>,
): PortalDeed | undefined {
  const apart = (deed: PortalDeed) =>
    Math.abs(Date.parse(deed.at) - Date.parse(line.at));
  return [...deeds]
    .filter(deed => isSame(line, deed) && apart(deed) <= PAIRED_MS)
    .sort((a, b) => apart(a) - apart(b))
    .at(0);
}

/** Airflow 2 does not tell the run of most of its lines. */
function isSame(line: Activity, deed: PortalDeed): boolean {
  const event = line.event.slice(line.event.lastIndexOf('.') + 1);
  return (
    deed.error === null &&
    (namesOf[deed.event]?.includes(event) ?? false) &&
    (line.dagId ?? deed.dagId) === deed.dagId &&
    (line.runId ?? deed.runId) === (deed.runId ?? line.runId)
  );
}

function toLine(deed: PortalDeed): Activity {
  const { id, at, event, dagId, runId, taskId } = deed;
  return {
    id: `portal-${id}`,
    at,
    event,
    who: null,
    dagId,
    runId,
    taskId,
    portal: deed,
  };
}
