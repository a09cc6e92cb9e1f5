import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';
import { problemSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';

/**
 * The backend refused or failed a call, and said why.
 *
 * @public
 */
export class AirflowApiError extends Error {
  /** By which the error is told from others. */
  readonly name = 'AirflowApiError';

  constructor(
    /** HTTP status of the answer. */
    readonly status: number,
    /** What went wrong, on which cluster, and what to do about it. */
    readonly problem: Problem,
  ) {
    super(problem.message);
  }

  /** Reads the problem that an answer carries; an answer without one becomes a problem that says so. */
  static async fromResponse(response: Response): Promise<AirflowApiError> {
    const body: unknown = await response.json().catch(() => undefined);
    const problem = problemSchema.safeParse(body);
    return new AirflowApiError(
      response.status,
      problem.success
        ? problem.data
        : {
            code: 'internal',
            message:
              `The portal answered ${response.status} ${response.statusText}`.trim(),
            hint: 'Try again; if it stays so, look into the log of the portal’s backend.',
          },
    );
  }
}
