import { useBreakpoint } from '@backstage/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import { DateTime } from 'luxon';
import { useRef } from 'react';
import { Link } from 'react-router-dom';
import type { RunName } from '../../data/useRuns';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { stateGlyphs, stateLook, stateWord } from '../../ui/state';
import { durationText } from '../../ui/time';
import { frameLook } from '../taskViews';
import styles from './gantt.module.css';
import { ganttTicks, type GanttRow, type Span } from './ganttRows';

const ROW = 28;
const HEAD = 28;
const NAME = 240;
const NARROW_NAME = 120;
const TICKS = 7;
const NARROW_TICKS = 2;

/** Tasks over time, of which only the rows in view are drawn. */
export function GanttChart(props: {
  run: RunName;
  rows: readonly GanttRow[];
  range: { from: number; to: number };
  now: number;
  onFold: (taskId: string) => void;
  onOpen: (taskId: string) => void;
}) {
  const { run, rows, range, now, onFold, onOpen } = props;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    getItemKey: at => rows[at].id,
    paddingStart: HEAD,
    overscan: 12,
  });
  const isWide = useBreakpoint().up('sm');
  const nameWidth = isWide ? NAME : NARROW_NAME;
  const length = range.to - range.from;
  const placed = (from: number, to: number | null) => ({
    left: `${((from - range.from) / length) * 100}%`,
    width: `${(((to ?? now) - from) / length) * 100}%`,
  });
  return (
    <div
      ref={frame}
      className={`${frameLook} ${styles.frame}`}
      // Scrolled by keyboard, so it takes the focus.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={`Tasks of ${run.runId} over time`}
      data-kind="gantt"
    >
      <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
        <div
          className={styles.axis}
          style={{ left: nameWidth }}
          aria-hidden="true"
        >
          {ganttTicks(length, isWide ? TICKS : NARROW_TICKS).map(tick => (
            <span
              key={tick}
              style={{ left: `${(tick / length) * 100}%` }}
              title={DateTime.fromMillis(range.from + tick).toFormat(
                'd LLL HH:mm:ss',
              )}
            >
              {tick === 0
                ? DateTime.fromMillis(range.from).toFormat('HH:mm:ss')
                : `+${durationText(tick)}`}
            </span>
          ))}
        </div>
        <ul className={styles.rows} aria-label="Tasks by start">
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const row = rows[index];
            return (
              <li
                key={key}
                className={`${stateLook} ${styles.row}`}
                style={{ transform: `translateY(${start}px)` }}
                data-kind="gantt-row"
                data-task={row.taskId}
                data-state={row.state}
              >
                <div className={styles.name} style={{ width: nameWidth }}>
                  <RowName {...{ run, row, now, onFold, onOpen }} />
                </div>
                <div className={styles.bars} aria-hidden="true">
                  {row.wait && (
                    <i
                      className={styles.wait}
                      style={placed(row.wait.from, row.wait.to)}
                      title={`waited ${lengthText(row.wait, now)}`}
                      data-kind="gantt-wait"
                    />
                  )}
                  {row.spans.map(span => (
                    <i
                      key={span.tryNumber}
                      className={`${stateLook} ${styles.bar}`}
                      style={placed(span.from, span.to)}
                      title={spanWords(span, now)}
                      data-state={span.state}
                      data-kind="gantt-bar"
                    />
                  ))}
                </div>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

function RowName(props: {
  run: RunName;
  row: GanttRow;
  now: number;
  onFold: (taskId: string) => void;
  onOpen: (taskId: string) => void;
}) {
  const { run, row, now, onFold, onOpen } = props;
  const paths = useAirflowPaths();
  const { taskId, mapIndex, label, state, instances, isOpen, spans } = row;
  const last = spans.at(-1);
  const title = [
    taskId,
    stateWord(state),
    ...(last ? [spanWords(last, now)] : []),
    ...(row.wait ? [`waited ${lengthText(row.wait, now)}`] : []),
  ].join('\n');
  const glyph = <span className={styles.glyph}>{stateGlyphs[state]}</span>;
  if (mapIndex >= 0) {
    return (
      <Link
        className={styles.instance}
        to={paths.task({ ...run, taskId, mapIndex })}
        title={title}
      >
        {glyph} {label}
      </Link>
    );
  }
  return (
    <>
      {instances !== null && (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`Instances of ${label}`}
          onClick={() => onFold(taskId)}
        >
          {isOpen ? '▾' : '▸'}
        </button>
      )}
      <button type="button" title={title} onClick={() => onOpen(taskId)}>
        {glyph} {label}
        {instances !== null && ` [${instances}]`}
        {last && last.tryNumber > 1 && <small> {last.tryNumber} tries</small>}
      </button>
    </>
  );
}

function lengthText(
  { from, to }: { from: number; to: number | null },
  now: number,
): string {
  return durationText(Math.max(0, (to ?? now) - from));
}

function spanWords(span: Span, now: number): string {
  const begun = DateTime.fromMillis(span.from).toFormat('HH:mm:ss');
  return `try ${span.tryNumber}: ${stateWord(
    span.state,
  )}, ${begun}, ${lengthText(span, now)}`;
}
