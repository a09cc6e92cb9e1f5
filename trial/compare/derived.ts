import {
  BARS,
  newestFirst,
  tell,
  told,
  type ComparedRun,
  type Facts,
} from './facts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * What follows from the runs of a cluster, worked out anew from the plainest reading of the definitions in
 * docs/alerts.md: an independent second opinion on what the portal keeps.
 */
export function tellOfRuns(
  facts: Facts,
  dagIds: readonly string[],
  runs: readonly ComparedRun[],
): void {
  for (const dagId of dagIds) {
    const own = newestFirst(runs.filter(run => run.dagId === dagId));
    const bars = own.slice(0, BARS);
    const finished = bars.filter(isFinished);
    const succeeded = finished.filter(({ state }) => state === 'success');
    tell(facts, `dag ${dagId}`, {
      'last run': told(own.at(0)?.runId),
      'last state': told(own.at(0)?.state),
      bars: told(bars.map(({ runId }) => runId).reverse()),
      'success rate':
        finished.length === 0
          ? told(null)
          : (succeeded.length / finished.length).toFixed(6),
    });
  }
  const count = (wanted: (run: ComparedRun) => boolean) =>
    String(runs.filter(wanted).length);
  const dayAgo = Date.now() - DAY_MS;
  tell(facts, 'count', {
    running: count(({ state }) => state === 'running'),
    queued: count(({ state }) => state === 'queued'),
    'failed in 24 h': count(
      ({ state, endedMs }) => state === 'failed' && endedMs >= dayAgo,
    ),
  });
}

function isFinished({ state }: ComparedRun): boolean {
  return state === 'success' || state === 'failed';
}
