import type {
  DagRun,
  DagStructure,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Select } from '@backstage/ui';
import { useCallback, useMemo } from 'react';
import { z } from 'zod';
import type { DagName } from '../../data/useDag';
import { useDagStructure, useTasksOfRuns } from '../../data/useGrid';
import { useFleetRuns } from '../../data/useRuns';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { TextFilter } from '../../ui/filters';
import { Drawer, TaskDrawer } from '../taskDrawer';
import {
  FoldGroupsButton,
  TaskControls,
  TaskLegend,
  TaskView,
  useIdSet,
} from '../taskViews';
import { gridCell, gridRows, matching, type GridRow } from './gridRows';
import { GridTable } from './GridTable';
import { GroupTasks } from './GroupTasks';

const RUN_COUNTS = [10, 25, 50, 100] as const;

const gridQuery = z.object({
  runs: z.coerce
    .number<number | string>()
    .int()
    .min(1)
    .max(RUN_COUNTS[RUN_COUNTS.length - 1])
    .default(25),
  find: z.string().optional(),
  run: z.string().optional(),
  task: z.string().optional(),
});

/** The tasks of a DAG in its last runs. */
export function GridPanel(props: {
  name: DagName;
  /** Of the grid of a run: it and the runs before it. */
  until?: DagRun;
}) {
  const { name, until } = props;
  const [query] = useUrlQuery(gridQuery);
  const structure = useDagStructure(name);
  const runs = useFleetRuns({
    cluster: [name.cluster],
    dagId: [name.dagId],
    runAfterTo: until?.runAfter,
    limit: query.runs,
  });
  const failed = [structure, runs].find(({ error }) => error);
  if (failed?.error) {
    return (
      <ErrorPanel
        title="The grid could not be loaded"
        error={failed.error}
        onRetry={() => failed.refetch()}
      />
    );
  }
  if (!structure.data || !runs.data) return <Loading what="the grid" />;
  if (runs.data.items.length === 0) {
    return <Empty>No runs yet, as far as the portal has read.</Empty>;
  }
  return (
    <Grid
      name={name}
      structure={structure.data}
      newest={runs.data.items}
      run={until?.runId}
    />
  );
}

function Grid(props: {
  name: DagName;
  structure: DagStructure;
  /** Newest first. */
  newest: readonly DagRun[];
  run: string | undefined;
}) {
  const { name, structure, newest } = props;
  const [query, change] = useUrlQuery(gridQuery);
  const folded = useIdSet();
  const tasks = useTasksOfRuns(name, newest, structure);
  const runs = useMemo(() => [...newest].reverse(), [newest]);
  const rows = useMemo(() => {
    const ran = [...tasks.byRun.values()].flatMap(own => [...own.keys()]);
    return query.find
      ? matching(gridRows(structure, new Set(), ran), query.find)
      : gridRows(structure, folded.ids, ran);
  }, [structure, folded.ids, tasks.byRun, query.find]);
  const onOpen = useCallback(
    (run: string, row: GridRow) => change({ run, task: row.id }),
    [change],
  );
  const onClose = useCallback(
    () => change({ run: null, task: null }),
    [change],
  );
  const groupIds = structure.groups.map(({ groupId }) => groupId);
  return (
    <TaskView kind="grid-panel">
      <TaskControls>
        <div data-wide>
          <Select
            label="Runs"
            size="small"
            options={RUN_COUNTS.map(count => ({
              value: String(count),
              label: `last ${count}`,
            }))}
            value={String(query.runs)}
            onChange={key => change({ runs: Number(key) })}
            data-kind="grid-runs"
          />
        </div>
        <div data-wide>
          <TextFilter
            text={query.find ?? ''}
            placeholder="Task"
            onChange={find => change({ find })}
          />
        </div>
        <FoldGroupsButton groupIds={groupIds} folded={folded} />
      </TaskControls>
      {tasks.error && (
        <ErrorPanel
          title="Some task instances could not be loaded"
          error={tasks.error}
          onRetry={tasks.retry}
        />
      )}
      {rows.length === 0 ? (
        <Empty>No task matches.</Empty>
      ) : (
        <GridTable
          label={`Tasks of ${name.dagId} by run`}
          rows={rows}
          runs={runs}
          byRun={tasks.byRun}
          selectedRun={props.run}
          open={
            query.run !== undefined && query.task !== undefined
              ? { run: query.run, task: query.task }
              : undefined
          }
          onFold={folded.toggle}
          onOpen={onOpen}
        />
      )}
      <TaskLegend>
        <span>Newest on the right; bars show how long a run took.</span>
        <span>◢ tried again</span>
        <span>◥ has a note</span>
        <span>
          A number: so many instances of a mapped task or group are in that
          state.
        </span>
      </TaskLegend>
      <Chosen {...{ name, structure, tasks, onClose }} />
    </TaskView>
  );
}

/** The drawer of the cell that was clicked, which is in the address. */
function Chosen(props: {
  name: DagName;
  structure: DagStructure;
  tasks: ReturnType<typeof useTasksOfRuns>;
  onClose: () => void;
}) {
  const { name, structure, tasks, onClose } = props;
  const [{ run: runId, task: id }] = useUrlQuery(gridQuery);
  if (runId === undefined || id === undefined) return null;
  const own = tasks.byRun.get(runId);
  if (!own) return null;
  const row = gridRows(structure, new Set(), own.keys()).find(
    known => known.id === id,
  );
  const cell = row && gridCell(row, own);
  if (!cell) return null;
  const run = { ...name, runId };
  return row.kind === 'group' ? (
    <Drawer title={row.id} onClose={onClose}>
      <GroupTasks run={run} row={row} counts={cell.counts} tasks={own} />
    </Drawer>
  ) : (
    <TaskDrawer run={run} taskId={id} counts={cell.counts} onClose={onClose} />
  );
}
