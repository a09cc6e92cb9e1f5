/** Without a reason nothing is done in `production`, `prod`, `Prod EU`; people name their environments as they like. */
const PRODUCTION = /^prod/i;

/** Fewer letters are no reason. */
const LEAST = 3;

/**
 * What can be done after a question, and whether what was before can be had again: `final` where it cannot, `plain`
 * where the question is the reason.
 */
const effects = {
  'alert-acknowledge': 'reversible',
  'alert-resolve': 'final',
  backfill: 'reversible',
  'backfill-cancel': 'final',
  'backfill-pause': 'reversible',
  // Runs that are there start anew, as after a clear.
  'backfill-repeat': 'final',
  'backfill-unpause': 'reversible',
  clear: 'final',
  'delete-dag': 'final',
  'delete-run': 'final',
  'mark-run': 'reversible',
  'mark-tasks': 'reversible',
  note: 'plain',
  reparse: 'plain',
  'set-owner': 'reversible',
  trigger: 'reversible',
} as const;

/** Something that a dialog asks about before it is done. */
export type ActionName = keyof typeof effects;

/** Whether somebody is asked why. */
export interface Asking {
  isAsked: boolean;
  /** Why it is not done without a reason; null where it is. */
  neededBecause: string | null;
}

/** The one rule for when a reason is asked for: it is needed in production, and for what cannot be undone. */
export function askingFor(
  action: ActionName,
  environments: readonly (string | null)[],
): Asking {
  const effect = effects[action];
  if (effect === 'plain') return { isAsked: false, neededBecause: null };
  if (effect === 'final') {
    return { isAsked: true, neededBecause: 'This cannot be undone.' };
  }
  return {
    isAsked: true,
    neededBecause: environments.some(name => PRODUCTION.test(name ?? ''))
      ? 'This is production.'
      : null,
  };
}

/** Whether what was typed will do. */
export function isEnough({ neededBecause }: Asking, text: string): boolean {
  return neededBecause === null || text.trim().length >= LEAST;
}
