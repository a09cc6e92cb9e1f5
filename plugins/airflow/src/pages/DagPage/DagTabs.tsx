import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { lazy, Suspense } from 'react';
import type { DagName, DagWithRuns } from '../../data/useDag';
import { DagRunPanel } from '../../features/runChoice';
import { Loading } from '../../ui/feedback';
import { PageTabs, Section, type PageTab } from '../../ui/layout';
import { DagFacts } from './DagFacts';
import { RecentRuns } from './RecentRuns';
import { RunHistory } from './RunHistory';

/** What every tab of a DAG is given. */
interface DagTabProps {
  name: DagName;
  dag: DagWithRuns;
  cluster: Cluster | undefined;
}

// What is heavy comes with its tab.
const GridPanel = lazy(async () => {
  const { GridPanel: panel } = await import('../../features/grid');
  return { default: panel };
});
const GraphPanel = lazy(async () => {
  const { GraphPanel: panel } = await import('../../features/graph');
  return { default: panel };
});
const GanttPanel = lazy(async () => {
  const { GanttPanel: panel } = await import('../../features/gantt');
  return { default: panel };
});

const CalendarPanel = lazy(async () => {
  const { CalendarPanel: panel } = await import('../../features/calendar');
  return { default: panel };
});
const StatisticsPanel = lazy(async () => {
  const { StatisticsPanel: panel } = await import('../../features/statistics');
  return { default: panel };
});
const CodePanel = lazy(async () => {
  const { CodePanel: panel } = await import('../../features/code');
  return { default: panel };
});
const AssetsPanel = lazy(async () => {
  const { AssetsPanel: panel } = await import('../../features/assets');
  return { default: panel };
});
const DetailsPanel = lazy(async () => {
  const { DetailsPanel: panel } = await import('../../features/dagDetails');
  return { default: panel };
});
const DocsPanel = lazy(async () => {
  const { DocsPanel: panel } = await import('../../features/dagDetails');
  return { default: panel };
});
const DurationTrend = lazy(async () => {
  const { DurationTrend: trend } = await import('../../features/trend');
  return { default: trend };
});

const Backfills = lazy(() => import('../../features/backfills/Backfills'));

const tabs: readonly PageTab<DagTabProps>[] = [
  { id: 'overview', title: 'Overview', Panel: Overview },
  { id: 'grid', title: 'Grid', Panel: GridPanel, shortcut: 'g' },
  { id: 'runs', title: 'Runs', Panel: Runs },
  { id: 'graph', title: 'Graph', Panel: Graph, shortcut: 'r' },
  { id: 'gantt', title: 'Gantt', Panel: Gantt },
  { id: 'calendar', title: 'Calendar', Panel: CalendarPanel },
  { id: 'statistics', title: 'Statistics', Panel: StatisticsPanel },
  { id: 'code', title: 'Code', Panel: CodePanel },
  { id: 'assets', title: 'Assets', Panel: AssetsPanel },
  { id: 'docs', title: 'Docs', Panel: DocsPanel },
  { id: 'details', title: 'Details', Panel: DetailsPanel },
  {
    id: 'backfills',
    title: 'Backfills',
    Panel: Backfills,
    isThere: ({ cluster }) =>
      cluster?.capabilities.includes('backfills') ?? false,
  },
];

/** A DAG from all sides. */
export function DagTabs(props: DagTabProps) {
  return <PageTabs label="DAG" tabs={tabs} page={props} />;
}

function Overview({ name, dag }: DagTabProps) {
  return (
    <>
      <Section title="Recent runs" kind="recent-runs">
        <RecentRuns
          dag={name}
          runs={dag.recentRuns}
          usualMs={dag.usualDurationMs}
        />
      </Section>
      <Section title="How long runs took" kind="duration-trend">
        <Suspense fallback={<Loading what="the chart" rows={5} />}>
          <DurationTrend dag={name} usualMs={dag.usualDurationMs} />
        </Suspense>
      </Section>
      <Section title="About" kind="dag-facts">
        <DagFacts dag={dag} />
      </Section>
    </>
  );
}

function Runs({ name }: DagTabProps) {
  return (
    <Section title="All stored runs" kind="run-history">
      <RunHistory dag={name} />
    </Section>
  );
}

function Graph({ name }: DagTabProps) {
  return <DagRunPanel name={name} Panel={GraphPanel} />;
}

function Gantt({ name }: DagTabProps) {
  return <DagRunPanel name={name} Panel={GanttPanel} />;
}
