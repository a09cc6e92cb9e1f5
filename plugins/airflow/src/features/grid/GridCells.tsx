import {
  taskStates,
  type DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { memo } from 'react';
import type { RunTasks, TasksOfRuns } from '../../data/useGrid';
import { stateGlyphs, stateLook, stateWord } from '../../ui/state';
import styles from './grid.module.css';
import { gridCell, type GridCell, type GridRow } from './gridRows';

/** Where a column of the grid is drawn. */
export interface Column {
  index: number;
  start: number;
}

/** Drawn anew only when it changes: there are a thousand of them in view while the reader scrolls. */
const Cell = memo(OneCell);

/** The cells of a row, one for each run in view. */
export const GridCells = memo(Cells);

function Cells(props: {
  row: GridRow;
  rowIndex: number;
  columns: readonly Column[];
  runs: readonly DagRun[];
  byRun: TasksOfRuns['byRun'];
  /** The cell that the reader has opened, when it is in this row. */
  openRun: string | undefined;
  onOpen: (runId: string, row: GridRow) => void;
}) {
  const { row, rowIndex, columns, runs, byRun, openRun, onOpen } = props;
  return (
    <>
      {columns.map(({ index, start }) => {
        const { runId } = runs[index];
        return (
          <Cell
            key={runId}
            row={row}
            runId={runId}
            tasks={byRun.get(runId)}
            start={start}
            rowIndex={rowIndex}
            column={index}
            isOpen={openRun === runId}
            onOpen={onOpen}
          />
        );
      })}
    </>
  );
}

function OneCell(props: {
  row: GridRow;
  runId: string;
  /** Undefined as long as they are not read. */
  tasks: RunTasks | undefined;
  start: number;
  rowIndex: number;
  column: number;
  isOpen: boolean;
  onOpen: (runId: string, row: GridRow) => void;
}) {
  const { row, runId, tasks, start, rowIndex, column, isOpen, onOpen } = props;
  const cell = tasks && gridCell(row, tasks);
  const place = {
    role: 'gridcell',
    tabIndex: -1,
    style: { transform: `translateX(${start}px)` },
    'aria-colindex': column + 2,
    'data-at': `${rowIndex + 1}:${column + 1}`,
  };
  if (!cell) {
    return (
      <div
        {...place}
        className={styles.none}
        data-pending={!tasks}
        aria-label={tasks ? 'not in this run' : 'loading'}
      />
    );
  }
  const words = cellWords(cell);
  return (
    <button
      {...place}
      type="button"
      className={`${stateLook} ${styles.cell}`}
      aria-label={`${row.label}: ${words}`}
      title={`${row.id}\n${runId}\n${words}`}
      data-kind="grid-cell"
      data-task={row.id}
      data-run={runId}
      data-state={cell.state}
      data-open={isOpen}
      onClick={() => onOpen(runId, row)}
    >
      <CellMark cell={cell} />
    </button>
  );
}

function CellMark({ cell }: { cell: GridCell }) {
  const { state, counts, tryNumber, hasNote } = cell;
  return (
    <span aria-hidden="true" className={styles.mark}>
      {stateGlyphs[state]}
      {counts && shortCount(counts[state] ?? 0)}
      {tryNumber > 1 && <i className={styles.retried} data-kind="retry-mark" />}
      {hasNote && <i className={styles.noted} data-kind="note-mark" />}
    </span>
  );
}

function shortCount(count: number): string {
  return count < 1_000 ? String(count) : `${Math.floor(count / 1_000)}k`;
}

function cellWords({ state, counts, tryNumber, hasNote }: GridCell): string {
  const text = counts
    ? taskStates
        .flatMap(known =>
          counts[known] ? `${counts[known]} ${stateWord(known)}` : [],
        )
        .join(', ')
    : stateWord(state);
  return [
    text,
    ...(tryNumber > 1 ? [`try ${tryNumber}`] : []),
    ...(hasNote ? ['has a note'] : []),
  ].join(', ');
}
