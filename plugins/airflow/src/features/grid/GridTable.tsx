import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useBreakpoint } from '@backstage/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { TasksOfRuns } from '../../data/useGrid';
import { frameLook } from '../taskViews';
import styles from './grid.module.css';
import { GridCells } from './GridCells';
import { GridHead } from './GridHead';
import type { GridRow } from './gridRows';
import { useGridFocus, type Place } from './useGridFocus';

const ROW = 28;
const COLUMN = 34;
const HEAD = 76;
/** Of the column with the names of the tasks. */
const NAME = 240;
const NARROW_NAME = 130;

/** Runs by tasks, of which only what is in view is drawn. The newest run is on the right. */
export function GridTable(props: {
  label: string;
  rows: readonly GridRow[];
  /** Oldest first. */
  runs: readonly DagRun[];
  byRun: TasksOfRuns['byRun'];
  /** The run that the page is about. */
  selectedRun: string | undefined;
  /** The cell that the reader has opened. */
  open: { run: string; task: string } | undefined;
  onFold: (groupId: string) => void;
  onOpen: (runId: string, row: GridRow) => void;
}) {
  const { label, rows, runs, byRun, selectedRun } = props;
  const { open, onFold, onOpen } = props;
  const frame = useRef<HTMLDivElement>(null);
  const nameWidth = useBreakpoint().up('sm') ? NAME : NARROW_NAME;
  const vertical = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
    overscan: 4,
  });
  const horizontal = useVirtualizer({
    horizontal: true,
    count: runs.length,
    getScrollElement: () => frame.current,
    estimateSize: () => COLUMN,
    paddingStart: nameWidth,
    scrollPaddingStart: nameWidth,
    overscan: 2,
  });
  const newest = runs.at(-1)?.runId;
  useEffect(() => {
    horizontal.measure();
    horizontal.scrollToIndex(runs.length - 1, { align: 'end' });
  }, [horizontal, newest, runs.length, nameWidth]);

  const isMoving = useRef(false);
  const onMove = useCallback(
    ({ row, column }: Place) => {
      isMoving.current = true;
      if (row > 0) vertical.scrollToIndex(row - 1);
      if (column > 0) horizontal.scrollToIndex(column - 1);
    },
    [vertical, horizontal],
  );
  const last = useMemo(
    () => ({ row: rows.length, column: runs.length }),
    [rows.length, runs.length],
  );
  const { place, onKeyDown } = useGridFocus(last, onMove);
  useEffect(() => {
    // What was scrolled to is drawn some time after.
    if (!isMoving.current) return;
    const at = `[data-at="${place.row}:${place.column}"]`;
    const cell = frame.current?.querySelector<HTMLElement>(at);
    if (!cell) return;
    isMoving.current = false;
    cell.focus({ preventScroll: true });
  });

  const columns = horizontal.getVirtualItems();
  const width = horizontal.getTotalSize();
  return (
    <div
      ref={frame}
      className={`${frameLook} ${styles.frame}`}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={runs.length + 1}
      tabIndex={0}
      onKeyDown={onKeyDown}
      data-kind="grid"
    >
      <div
        role="rowgroup"
        className={styles.all}
        style={{ height: vertical.getTotalSize(), width }}
      >
        <div
          role="row"
          aria-rowindex={1}
          className={styles.head}
          style={{ width, height: HEAD }}
        >
          <div
            role="columnheader"
            className={styles.name}
            style={{ width: nameWidth }}
            tabIndex={-1}
            data-at="0:0"
          >
            Task
          </div>
          <GridHead
            columns={columns}
            runs={runs}
            selectedRun={open?.run ?? selectedRun}
          />
        </div>
        {vertical.getVirtualItems().map(({ index, start }) => (
          <div
            key={rows[index].id}
            role="row"
            aria-rowindex={index + 2}
            className={styles.row}
            style={{ width, transform: `translateY(${start}px)` }}
            data-kind="grid-row"
          >
            <RowName
              row={rows[index]}
              at={`${index + 1}:0`}
              width={nameWidth}
              onFold={onFold}
            />
            <GridCells
              row={rows[index]}
              rowIndex={index}
              columns={columns}
              runs={runs}
              byRun={byRun}
              openRun={open?.task === rows[index].id ? open.run : undefined}
              onOpen={onOpen}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function RowName(props: {
  row: GridRow;
  at: string;
  width: number;
  onFold: (groupId: string) => void;
}) {
  const { row, at, width, onFold } = props;
  const style = { width, paddingLeft: 8 + row.depth * 14 };
  if (row.kind !== 'group') {
    return (
      <div
        role="rowheader"
        className={styles.name}
        style={style}
        tabIndex={-1}
        title={nameWords(row)}
        data-at={at}
      >
        <span>
          {row.label}
          {row.kind === 'task' && row.task.isMapped && ' [ ]'}
        </span>
      </div>
    );
  }
  return (
    <div role="rowheader" className={styles.name} style={style}>
      <button
        type="button"
        tabIndex={-1}
        aria-expanded={!row.isFolded}
        title={row.id}
        data-at={at}
        data-kind="grid-group"
        onClick={() => onFold(row.id)}
      >
        <span aria-hidden="true">{row.isFolded ? '▸' : '▾'}</span> {row.label}
      </button>
    </div>
  );
}

function nameWords(row: GridRow): string {
  if (row.kind === 'past-task') return `${row.id}: no longer in the DAG`;
  if (row.kind === 'group') return row.id;
  return [row.id, row.task.operator].filter(Boolean).join('\n');
}
