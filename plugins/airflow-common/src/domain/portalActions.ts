import type { Instant } from './time';

/**
 * What somebody did to an Airflow through the portal, as the portal wrote it down.
 *
 * @public
 */
export type PortalAction = {
  id: string;
  at: Instant;
  /** `dag-trigger`, `run-clear`, …: as the audit log names it. */
  event: string;
  /** The entity ref of a person, or the subject of a service. */
  who: string;
  dagId: string | null;
  runId: string | null;
  taskId: string | null;
  reason: string | null;
  /** Why it failed; null when it did not. */
  error: string | null;
};

/**
 * Why a run is queued and does not start, as far as what is stored tells.
 *
 * @public
 */
export type RunWait =
  | { kind: 'paused' }
  | {
      kind: 'max-active-runs';
      limit: number;
      underWay: number;
      /** The first of those that are under way. */
      runIds: string[];
    };
