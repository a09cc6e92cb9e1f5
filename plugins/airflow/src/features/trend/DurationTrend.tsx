import { isUnfinished } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagName } from '../../data/useDag';
import { useRuns } from '../../data/useRuns';
import { Empty, Loaded } from '../../ui/feedback';
import { TrendChart } from './TrendChart';

/** The most that a page of runs holds. */
const SHOWN_RUNS = 250;
/** A line needs more than a point. */
const FEWEST_RUNS = 2;

/** How long the last runs took, one after another. */
export function DurationTrend(props: { dag: DagName; usualMs: number | null }) {
  const { dag, usualMs } = props;
  const runs = useRuns(dag, { filter: {}, limit: SHOWN_RUNS });
  return (
    <Loaded what="runs" query={runs} rows={5}>
      {({ items }) => {
        const ended = items
          .filter(({ state }) => !isUnfinished(state))
          .flatMap(run =>
            run.durationMs === null
              ? []
              : [{ ...run, durationMs: run.durationMs }],
          )
          .reverse();
        return ended.length < FEWEST_RUNS ? (
          <Empty>Not enough finished runs for a chart yet.</Empty>
        ) : (
          <TrendChart runs={ended} usualMs={usualMs} />
        );
      }}
    </Loaded>
  );
}
