import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Moment } from '../time';

/** When the portal tries again what it leaves alone for long, and how somebody who put it right has it tried at once. */
export function NextTry({ problem }: { problem: Pick<Problem, 'retryAt'> }) {
  if (problem.retryAt === undefined) return null;
  return (
    <span data-kind="next-try">
      {'. '}
      The portal tries again at <Moment at={problem.retryAt} />; “Refresh now”
      on the page of the cluster tries at once.
    </span>
  );
}
