import { z } from 'zod';
import { instantSchema } from './time';

/**
 * What somebody did to an Airflow through the portal, as the portal wrote it down.
 *
 * @public
 */
export const deedSchema = z.object({
  id: z.string(),
  at: instantSchema,
  /** `dag-trigger`, `run-clear`, …: as the audit log names it. */
  event: z.string(),
  /** The entity ref of a person, or the subject of a service. */
  who: z.string(),
  dagId: z.string().nullable(),
  runId: z.string().nullable(),
  taskId: z.string().nullable(),
  reason: z.string().nullable(),
  /** Why it failed; null when it did not. */
  error: z.string().nullable(),
});

/**
 * What somebody did through the portal; see {@link deedSchema}.
 *
 * @public
 */
export type PortalDeed = z.infer<typeof deedSchema>;

/**
 * Why a run is queued and does not start, as far as what is stored tells.
 *
 * @public
 */
export const runWaitSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paused') }),
  z.object({
    kind: z.literal('max-active-runs'),
    limit: z.number().int().positive(),
    underWay: z.number().int().positive(),
    /** The first of those that are under way. */
    runIds: z.array(z.string()),
  }),
]);

/**
 * Why a run does not start; see {@link runWaitSchema}.
 *
 * @public
 */
export type RunWait = z.infer<typeof runWaitSchema>;
