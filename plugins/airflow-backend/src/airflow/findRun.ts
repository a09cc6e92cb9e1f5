import type { AirflowClient } from './AirflowClient';
import type { CallOptions, RunAt } from './call';
import { AirflowError } from './errors';

/** See {@link AirflowClient.findRun}. */
export async function findRun(
  client: Pick<AirflowClient, 'cluster' | 'runs'>,
  { dagId, runId, runAfter }: RunAt,
  call?: CallOptions,
) {
  const moment = { dagId, runAfterFrom: runAfter, runAfterTo: runAfter };
  let leftOut: string | undefined;
  for await (const { items, skipped, why } of client.runs(moment, call)) {
    const found = items.find(run => run.dagId === dagId && run.runId === runId);
    if (found) return found;
    if (skipped > 0) leftOut ??= why ?? 'it left something out';
  }
  if (leftOut === undefined) return null;
  throw new AirflowError({
    code: 'invalid-response',
    cluster: client.cluster,
    attempted: `the list of runs of DAG ${dagId} at ${runAfter}`,
    message: `Whether cluster ${client.cluster} has run ${runId} is not known: ${leftOut}`,
    hint: 'Mend or delete that row in Airflow',
  });
}

/** A run that Airflow has but that its API cannot be asked about. */
export function unaddressableRun(cluster: string, runId: string) {
  return new AirflowError({
    code: 'unsupported',
    cluster,
    attempted: 'nothing: the id cannot be part of an address',
    message: `The API of the Airflow of cluster ${cluster} cannot address run ${runId}, because of its id`,
    hint: 'Open the run in Airflow; the lists of the portal show how it goes',
  });
}
