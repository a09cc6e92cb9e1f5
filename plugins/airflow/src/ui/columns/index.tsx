/** Columns that tables of runs and of tasks share. */
import {
  isUnfinished,
  type DagRun,
  type DagRunState,
  type TaskInstance,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Column } from '../layout';
import { StateChip } from '../state';
import { Elapsed, Moment } from '../time';

export const stateColumn: Column<{ state: TaskState | DagRunState }> = {
  title: 'State',
  cell: ({ state }) => <StateChip state={state} />,
};

export const startedColumn: Column<{ startedAt: string | null }> = {
  title: 'Started',
  cell: ({ startedAt }) => (startedAt ? <Moment at={startedAt} /> : '–'),
};

type Timed<State> = {
  state: State;
  startedAt: string | null;
  durationMs: number | null;
};

/** How long a run took, or has been under way. */
export const runTookColumn: Column<Timed<DagRun['state']>> = {
  title: 'Took',
  isNumber: true,
  cell: ({ state, ...times }) => (
    <Elapsed {...times} goesOn={isUnfinished(state)} />
  ),
};

/** How long a task took, or has been running. */
export const taskTookColumn: Column<Timed<TaskInstance['state']>> = {
  title: 'Took',
  isNumber: true,
  cell: ({ state, ...times }) => (
    <Elapsed {...times} goesOn={state === 'running'} />
  ),
};
