import { lazy, Suspense } from 'react';
import type { DagName } from '../../data/useDag';
import { Loading } from '../../ui/feedback';
import { Section } from '../../ui/layout';
import { RunStatisticsTable } from './RunStatisticsTable';
import { TaskStatisticsTable } from './TaskStatisticsTable';

const DurationTrend = lazy(async () => {
  const { DurationTrend: trend } = await import('../trend');
  return { default: trend };
});

/** Whether a DAG is getting worse, and which of its tasks make it so. */
export function StatisticsPanel(props: {
  name: DagName;
  dag: { usualDurationMs: number | null };
}) {
  const { name, dag } = props;
  return (
    <>
      <Section title="Runs" kind="run-statistics">
        <RunStatisticsTable dag={name} />
      </Section>
      <Section title="How long runs took" kind="duration-trend">
        <Suspense fallback={<Loading what="the chart" rows={5} />}>
          <DurationTrend dag={name} usualMs={dag.usualDurationMs} />
        </Suspense>
      </Section>
      <Section title="Tasks" kind="task-statistics">
        <TaskStatisticsTable dag={name} />
      </Section>
    </>
  );
}
