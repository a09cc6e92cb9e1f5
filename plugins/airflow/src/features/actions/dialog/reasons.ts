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

/** What a cluster's environment is called; null where it has none, undefined where the cluster could not be read. */
export type Environment = string | null | undefined;

/**
 * The one rule for when a reason is asked for: it is needed in production and what may be production, and for what
 * cannot be undone.
 */
export function askingFor(
  action: ActionName,
  environments: readonly Environment[],
): Asking {
  const effect = effects[action];
  if (effect === 'plain') return { isAsked: false, neededBecause: null };
  if (effect === 'final') {
    return { isAsked: true, neededBecause: 'This cannot be undone.' };
  }
  return { isAsked: true, neededBecause: becauseOf(environments) };
}

function becauseOf(environments: readonly Environment[]): string | null {
  if (environments.some(name => PRODUCTION.test(name ?? ''))) {
    return 'This is production.';
  }
  return environments.includes(undefined)
    ? 'It is not known whether this is production.'
    : null;
}

/** Whether what was typed will do. */
export function isEnough({ neededBecause }: Asking, text: string): boolean {
  return neededBecause === null || text.trim().length >= LEAST;
}
