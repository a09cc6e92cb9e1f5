import type { RunAt } from '../../call';
import { AirflowError } from '../../errors';
import type { Runs } from './types';

/** See {@link Runs.find}. */
export async function findRun(
  cluster: string,
  runs: Pick<Runs, 'list'>,
  { dagId, runId, runAfter }: RunAt,
) {
  const moment = { dagId, runAfterFrom: runAfter, runAfterTo: runAfter };
  let leftOut: string | undefined;
  for await (const { items, skipped, why } of runs.list(moment)) {
    const found = items.find(run => run.dagId === dagId && run.runId === runId);
    if (found) return found;
    if (skipped > 0) leftOut ??= why ?? 'it left something out';
  }
  if (leftOut === undefined) return null;
  throw new AirflowError({
    code: 'invalid-response',
    cluster,
    attempted: `the list of runs of DAG ${dagId} at ${runAfter}`,
    message: `Whether cluster ${cluster} has run ${runId} is not known: ${leftOut}`,
    hint: 'Mend or delete that row in Airflow',
  });
}
