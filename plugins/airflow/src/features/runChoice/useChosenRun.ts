import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { DagName } from '../../data/useDag';
import { useFleetRuns } from '../../data/useRuns';
import { useUrlQuery } from '../../ui/address/useUrlQuery';

const SHOWN = 50;

const runQuery = z.object({ run: z.string().optional() });

/** What of a run has to be known to show its tasks. */
export type ShownRun = Pick<DagRun, 'runId' | 'state' | 'endedAt'>;

/** The run that a page about a DAG shows: the one in the address, else the newest. */
export function useChosenRun({ cluster, dagId }: DagName) {
  const [query, change] = useUrlQuery(runQuery);
  const { data, isPending, error, refetch } = useFleetRuns({
    cluster: [cluster],
    dagId: [dagId],
    limit: SHOWN,
  });
  const runs: readonly DagRun[] = data?.items ?? [];
  return {
    runs,
    isPending,
    error,
    retry: () => refetch(),
    run: shown(runs, query.run),
    choose: (run: string) => change({ run }),
  };
}

/** A run that is not among the newest has ended, as far as anybody knows. */
function shown(
  runs: readonly DagRun[],
  wanted: string | undefined,
): ShownRun | undefined {
  if (wanted === undefined) return runs.at(0);
  const known = runs.find(({ runId }) => runId === wanted);
  return known ?? { runId: wanted, state: 'success', endedAt: null };
}
