import {
  compactJson,
  prettyJson,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import { lazy } from 'react';
import type { RunName, useRun, useTaskInstances } from '../../data/useRuns';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { PageTabs, Section, type PageTab } from '../../ui/layout';
import { TaskTable } from './TaskTable';

/** What every tab of a run is given. */
export interface RunTabProps {
  name: RunName;
  run: NonNullable<ReturnType<typeof useRun>['data']>;
  tasks: ReturnType<typeof useTaskInstances>;
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

const tabs: readonly PageTab<RunTabProps>[] = [
  { id: 'tasks', title: 'Tasks', Panel: Tasks },
  { id: 'grid', title: 'Grid', Panel: Grid, shortcut: 'g' },
  { id: 'graph', title: 'Graph', Panel: GraphPanel, shortcut: 'r' },
  { id: 'gantt', title: 'Gantt', Panel: GanttPanel },
  { id: 'conf', title: 'Configuration', Panel: Conf },
];

/** A run from all sides. */
export function RunTabs(props: RunTabProps) {
  return <PageTabs label="Run" tabs={tabs} page={props} />;
}

function Tasks({ name, tasks }: RunTabProps) {
  return (
    <Section title="Tasks" kind="run-tasks">
      {tasks.isPending && <Loading what="tasks" />}
      {tasks.error && (
        <ErrorPanel
          title="The tasks could not be loaded"
          error={tasks.error}
          onRetry={() => tasks.refetch()}
        />
      )}
      {tasks.data && tasks.data.skippedRows > 0 && (
        <Text as="p" color="warning">
          {tasks.data.skippedRows} of its rows could not be read.
          {tasks.data.skippedWhy && ` The first: ${tasks.data.skippedWhy}`}
        </Text>
      )}
      {tasks.data && tasks.data.items.length === 0 && (
        <Empty>No task instance yet.</Empty>
      )}
      {tasks.data && tasks.data.items.length > 0 && (
        <TaskTable name={name} tasks={tasks.data.items} />
      )}
    </Section>
  );
}

function Grid({ name, run }: RunTabProps) {
  return <GridPanel name={name} until={run} />;
}

function Conf({ run }: RunTabProps) {
  return (
    <Section title="Configuration" kind="run-conf">
      {compactJson(run.conf) !== '{}' ? (
        <pre>{prettyJson(run.conf)}</pre>
      ) : (
        <Empty>
          {run.stale || run.gone
            ? 'The portal does not store with what a run was started, and Airflow does not tell it.'
            : 'Started without a configuration.'}
        </Empty>
      )}
    </Section>
  );
}
