import type {
  DagRunState,
  TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** How a state is told without colour: a glyph of its own and Airflow's word. */
export const stateGlyphs: Record<TaskState | DagRunState, string> = {
  none: '·',
  scheduled: '◷',
  queued: '◌',
  running: '▶',
  success: '✔',
  failed: '✖',
  upstream_failed: '⊘',
  up_for_retry: '↻',
  up_for_reschedule: '⟳',
  deferred: '⏸',
  awaiting_input: '✋',
  restarting: '⟲',
  skipped: '⤼',
  removed: '−',
  unknown: '?',
};

/** The state in words. */
export function stateWord(state: TaskState | DagRunState): string {
  return state === 'none' ? 'not scheduled' : state.replaceAll('_', ' ');
}
