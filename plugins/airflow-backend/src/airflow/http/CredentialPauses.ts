import type { CallOptions } from '../call';
import type { AirflowError } from '../errors';

/** A locked account takes three to ten wrong passwords within half an hour, as directories are set up. */
const FIRST_PAUSE_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

/** After a pause one request goes first; the others wait this long for what becomes of it. */
const TRIAL_MS = 30_000;

/**
 * What asks for credentials. Airflow 2 shows its health to everybody, so that it is read does not tell that the
 * credentials are right, and that they are wrong is no reason not to read it.
 */
export type Door = 'health' | 'rest';

interface Pause {
  refusal: AirflowError;
  lengthMs: number;
  untilMs: number;
  isTried: boolean;
}

/**
 * Keeps credentials that a cluster refused from being tried again and again, which may lock the account: after each
 * refusal nothing is sent for a pause that grows, and who asks meanwhile is told of the refusal and of the next try.
 * A call that is forced goes through; a success ends it.
 */
export class CredentialPauses {
  private readonly pauses = new Map<Door, Pause>();

  /** @throws the last refusal as long as the credentials are not to be tried */
  check(door: Door, call: CallOptions, attempted: string): void {
    const pause = this.pauses.get(door);
    if (!pause || call.force) return;
    if (Date.now() < pause.untilMs) {
      throw pause.refusal.triedAgainAt(new Date(pause.untilMs), attempted);
    }
    this.pauses.set(door, {
      ...pause,
      untilMs: Date.now() + TRIAL_MS,
      isTried: true,
    });
  }

  /**
   * The credentials were refused.
   *
   * @param doors - both where it was the sign-in that serves them
   */
  refused(refusal: AirflowError, call: CallOptions, ...doors: Door[]): void {
    for (const door of doors) {
      const lengthMs = this.nextLength(door, call);
      const untilMs = Date.now() + lengthMs;
      this.pauses.set(door, { refusal, lengthMs, untilMs, isTried: false });
    }
  }

  /** Whether one request tries just now, which may take another one to tell what was refused. */
  isTrying(door: Door): boolean {
    return this.pauses.get(door)?.isTried ?? false;
  }

  admitted(door: Door): void {
    this.pauses.delete(door);
  }

  /** Adds to a refusal when the portal tries again. */
  explained(error: AirflowError, door: Door): AirflowError {
    const pause = this.pauses.get(door);
    return pause && error.code === 'unauthorized'
      ? error.triedAgainAt(new Date(pause.untilMs))
      : error;
  }

  /** What was under way already when it began, or was forced, makes a pause no longer. */
  private nextLength(door: Door, { pausedMs = 0 }: CallOptions): number {
    const before = this.pauses.get(door);
    if (before && !before.isTried) return before.lengthMs;
    const lastMs = Math.max(before?.lengthMs ?? 0, pausedMs);
    return Math.min(Math.max(2 * lastMs, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
  }
}

/** Whether it was the credentials that were refused, and not a sign-in that failed or is another than expected. */
export function isRefusal({ code, httpStatus }: AirflowError): boolean {
  return code === 'unauthorized' && (httpStatus === 401 || httpStatus === 403);
}
