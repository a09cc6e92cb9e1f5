import type { DagStructure } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Switch, Text } from '@backstage/ui';
import { useCallback, useMemo, type ReactNode } from 'react';
import { z } from 'zod';
import {
  useDagStructure,
  useTasksOfRuns,
  type RunTasks,
} from '../../data/useGrid';
import type { RunName } from '../../data/useRuns';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { TextFilter } from '../../ui/filters';
import { durationText } from '../../ui/time';
import type { RunPanelProps } from '../runChoice';
import { TaskDrawer } from '../taskDrawer';
import {
  FoldGroupsButton,
  TaskControls,
  TaskView,
  useIdSet,
} from '../taskViews';
import { criticalPath } from './criticalPath';
import { GraphView } from './GraphView';
import { layoutGraph } from './layoutGraph';

/** With more tasks than this, groups are folded at first. */
const MANY_TASKS = 60;

const graphQuery = z.object({
  find: z.string().optional(),
  critical: z.literal('yes').optional(),
  task: z.string().optional(),
});

/** The tasks of a DAG as a graph, as they stand in a run. */
export function GraphPanel({ name, run, choice }: RunPanelProps) {
  const structure = useDagStructure(name);
  const { byRun, error, retry } = useTasksOfRuns(name, [run]);
  if (structure.isPending) return <Loading what="the graph" />;
  if (!structure.data) {
    return (
      <ErrorPanel
        title="The tasks of the DAG could not be loaded"
        error={structure.error}
        onRetry={() => structure.refetch()}
      />
    );
  }
  return (
    <>
      {error && (
        <ErrorPanel
          title="The task instances could not be loaded"
          error={error}
          onRetry={retry}
        />
      )}
      <Graph
        run={{ ...name, runId: run.runId }}
        structure={structure.data}
        tasks={byRun.get(run.runId)}
        choice={choice}
      />
    </>
  );
}

function Graph(props: {
  run: RunName;
  structure: DagStructure;
  tasks: RunTasks | undefined;
  choice: ReactNode;
}) {
  const { run, structure, tasks, choice } = props;
  const [query, change] = useUrlQuery(graphQuery);
  const groupIds = structure.groups.map(({ groupId }) => groupId);
  const folded = useIdSet(structure.tasks.length > MANY_TASKS ? groupIds : []);
  // Read again and again, it is seldom another.
  const layout = useMemo(
    () => layoutGraph(structure, folded.ids),
    [structure, folded.ids],
  );
  const critical = useMemo(
    () => (tasks && query.critical ? criticalPath(structure, tasks) : []),
    [structure, tasks, query.critical],
  );
  const onOpen = useCallback((task: string) => change({ task }), [change]);
  const onClose = useCallback(() => change({ task: null }), [change]);
  if (structure.tasks.length === 0) {
    return <Empty>No tasks, as Airflow last parsed it.</Empty>;
  }
  const chosen = query.task === undefined ? undefined : tasks?.get(query.task);
  return (
    <TaskView kind="graph-panel">
      <TaskControls>
        {choice && <div data-wide>{choice}</div>}
        <div data-wide>
          <TextFilter
            text={query.find ?? ''}
            placeholder="Task"
            onChange={find => change({ find })}
          />
        </div>
        <FoldGroupsButton groupIds={groupIds} folded={folded} />
        <Switch
          label="Critical path"
          isSelected={query.critical === 'yes'}
          onChange={isOn => change({ critical: isOn ? 'yes' : null })}
          data-kind="critical-switch"
        />
      </TaskControls>
      {query.critical && <CriticalText path={critical} tasks={tasks} />}
      <GraphView
        label={`Tasks of ${run.dagId}`}
        layout={layout}
        tasks={tasks}
        critical={critical}
        find={query.find ?? ''}
        onFold={folded.toggle}
        onOpen={onOpen}
      />
      {chosen && (
        <TaskDrawer
          run={run}
          taskId={chosen.taskId}
          counts={chosen.counts ?? null}
          onClose={onClose}
        />
      )}
    </TaskView>
  );
}

/** The critical path in words, with how long each of its tasks took. */
function CriticalText(props: {
  path: readonly string[];
  tasks: RunTasks | undefined;
}) {
  const { path, tasks } = props;
  if (path.length === 0) {
    return <Empty>Nothing of this run has ended yet.</Empty>;
  }
  const words = path.map(id => {
    const { startedAt, endedAt } = tasks?.get(id) ?? {};
    if (!startedAt || !endedAt) return id;
    const tookMs = Date.parse(endedAt) - Date.parse(startedAt);
    return `${id} (${durationText(tookMs)})`;
  });
  return (
    <Text as="p" variant="body-small" data-kind="critical-path">
      The run took as long as {words.join(' → ')}.
    </Text>
  );
}
