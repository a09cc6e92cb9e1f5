import { AirflowError } from './errors';
import type { AirflowApi, ApiRequest } from './http';

/** A task instance by the names of its DAG and run. */
interface OfRun {
  dagId: string;
  runId: string;
}

/**
 * Clears a run by a dry run first, which tells what is touched. What matches nothing is never sent, and what reaches
 * beyond the run is refused: releases of both versions have cleared every run of the DAG in either case.
 */
export async function clearAfterDryRun<T extends OfRun>(options: {
  api: AirflowApi;
  run: OfRun;
  request: ApiRequest;
  dryRun: boolean;
  preview: () => Promise<T[]>;
  clear: () => Promise<unknown>;
}): Promise<T[]> {
  const { api, run, request, dryRun, preview, clear } = options;
  const touched = await preview();
  const others = touched.filter(
    ({ dagId, runId }) => dagId !== run.dagId || runId !== run.runId,
  );
  if (others.length > 0) {
    throw new AirflowError({
      code: 'unsupported',
      cluster: api.cluster,
      attempted: api.asked(request).attempted,
      message: `Cluster ${api.cluster} would clear ${others.length} task instances of other runs too, so nothing was cleared`,
      hint: 'Clear it in Airflow itself, or upgrade this Airflow',
    });
  }
  if (!dryRun && touched.length > 0) await clear();
  return touched;
}
