import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';
import { CustomErrorBase } from '@backstage/errors';

/** What the portal itself refuses, as it is answered. */
export class ProblemError extends CustomErrorBase {
  readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}
