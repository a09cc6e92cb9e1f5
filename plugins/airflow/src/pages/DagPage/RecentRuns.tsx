import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import { useTaskCounts, type DagName } from '../../data/useDag';
import { Empty, isMissing } from '../../ui/feedback';
import { TaskCountList } from '../../ui/state';
import { RunTable } from './RunTable';

const SHOWN = 10;

/** The last runs with how their tasks stand. */
export function RecentRuns(props: {
  dag: DagName;
  /** Oldest first. */
  runs: readonly DagRun[];
  usualMs: number | null;
}) {
  const { dag, runs, usualMs } = props;
  const shown = runs.slice(-SHOWN).reverse();
  const counts = useTaskCounts(
    dag,
    shown.map(run => run.runId),
  );
  if (shown.length === 0) {
    return <Empty>No runs yet, as far as the portal has read.</Empty>;
  }
  const byRun = new Map(
    counts.data?.items.map(item => [item.runId, item.counts]),
  );
  return (
    <>
      {counts.error && !isMissing(counts.error) && (
        <Text variant="body-small" color="danger" role="status">
          Task instances could not be counted: {counts.error.message}
        </Text>
      )}
      <RunTable
        label="Recent runs"
        runs={shown}
        usualMs={usualMs}
        tasksOf={({ runId }) => {
          const own = byRun.get(runId);
          if (own) return <TaskCountList counts={own} />;
          return counts.isPending ? '…' : '–';
        }}
      />
    </>
  );
}
