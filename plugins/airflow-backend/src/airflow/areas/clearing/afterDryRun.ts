import type { RunRef } from '../../call';
import { AirflowError } from '../../errors';
import type { Asked } from '../../http';

/**
 * Clears a run by a dry run first, which tells what is touched. What matches nothing is never sent, and what reaches
 * beyond the run is refused: releases of both versions have cleared every run of the DAG in either case.
 */
export async function clearAfterDryRun<T extends RunRef>(options: {
  asked: Pick<Asked, 'cluster' | 'attempted'>;
  run: RunRef;
  dryRun: boolean;
  preview: () => Promise<T[]>;
  clear: () => Promise<unknown>;
}): Promise<T[]> {
  const { asked, run, dryRun, preview, clear } = options;
  const { cluster, attempted } = asked;
  const touched = await preview();
  const reachesBeyond = touched.some(
    ({ dagId, runId }) => dagId !== run.dagId || runId !== run.runId,
  );
  if (reachesBeyond) {
    throw new AirflowError({
      code: 'unsupported',
      cluster,
      attempted,
      message: `Cluster ${cluster} would clear task instances of other runs too, so nothing was cleared`,
      hint: 'Clear it in Airflow itself, or upgrade this Airflow',
    });
  }
  if (!dryRun && touched.length > 0) await clear();
  return touched;
}
