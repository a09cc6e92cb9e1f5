import type { RunName } from '../../../data/useRuns';
import type { Action } from '../dialog';
import type { MarkScope } from './markScopes';
import { MarkTasksDialog } from './MarkTasksDialog';

/** The entries of a menu that mark tasks of a run. */
export function markActions(of: {
  run: RunName;
  /** What is marked, as `extract`. */
  what: string;
  /** The usual choice first. */
  scopes: readonly MarkScope[];
  refusal: string | null;
}): Action[] {
  const { run, what, scopes, refusal } = of;
  return (['success', 'failed'] as const).map(state => ({
    id: `mark-${state}`,
    text: `Mark as ${state}…`,
    refusal,
    dialog: onClose => (
      <MarkTasksDialog
        name={run}
        what={what}
        state={state}
        scopes={scopes}
        onClose={onClose}
      />
    ),
  }));
}
