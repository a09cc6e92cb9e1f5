import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { lazy } from 'react';
import type { useDag, DagName } from '../../hooks/useDag';
import { PageTabs, Section, type PageTab } from '../layout';
import { DagRunPanel } from '../runChoice';
import { DagDocs } from './DagDocs';
import { RecentRuns } from './RecentRuns';
import { RunHistory } from './RunHistory';

/** What every tab of a DAG is given. */
export interface DagTabProps {
  name: DagName;
  dag: NonNullable<ReturnType<typeof useDag>['data']>;
  cluster: Cluster | undefined;
}

// What is heavy comes with its tab.
const GridPanel = lazy(async () => {
  const { GridPanel: panel } = await import('../grid');
  return { default: panel };
});
const GraphPanel = lazy(async () => {
  const { GraphPanel: panel } = await import('../graph');
  return { default: panel };
});
const GanttPanel = lazy(async () => {
  const { GanttPanel: panel } = await import('../gantt');
  return { default: panel };
});

const Backfills = lazy(() => import('../backfills/Backfills'));

const tabs: readonly PageTab<DagTabProps>[] = [
  { id: 'overview', title: 'Overview', Panel: Overview },
  { id: 'grid', title: 'Grid', Panel: GridPanel, shortcut: 'g' },
  { id: 'runs', title: 'Runs', Panel: Runs },
  { id: 'graph', title: 'Graph', Panel: Graph, shortcut: 'r' },
  { id: 'gantt', title: 'Gantt', Panel: Gantt },
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
      <Section title="About" kind="dag-about">
        <DagDocs dag={name} />
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
