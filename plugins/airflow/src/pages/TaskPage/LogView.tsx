import { useVirtualizer } from '@tanstack/react-virtual';
import { DateTime } from 'luxon';
import { useEffect, useRef, type UIEvent } from 'react';
import type { LogRow } from './logRows';
import { LogText } from './LogText';
import styles from './LogView.module.css';

const LINE_HEIGHT = 20;

/** Draws the rows of a log, only those that are in view. */
export function LogView(props: {
  rows: readonly LogRow[];
  marked: string;
  wraps: boolean;
  /** Place of the row to bring into view; another object brings it into view again. */
  target: { row: number } | null;
  /** Stays at the end while the log grows. */
  follows: boolean;
  /** The reader scrolls back from the end. */
  onBack: () => void;
  onToggle: (nr: number) => void;
}) {
  const { rows, marked, wraps, target, follows, onBack, onToggle } = props;
  const frame = useRef<HTMLDivElement>(null);
  const top = useRef(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 30,
    getItemKey: i => rows[i].nr,
  });

  useEffect(() => {
    virtual.measure();
  }, [virtual, wraps]);
  useEffect(() => {
    if (target && target.row >= 0) {
      virtual.scrollToIndex(target.row, { align: 'center' });
      frame.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [virtual, target]);
  useEffect(() => {
    if (follows && rows.length > 0) virtual.scrollToIndex(rows.length - 1);
  }, [virtual, follows, rows.length]);

  const onScroll = ({ currentTarget: shown }: UIEvent) => {
    const isBack = shown.scrollTop < top.current;
    top.current = shown.scrollTop;
    // Fewer rows than before move what is shown too, but only to their end.
    const below = shown.scrollHeight - shown.clientHeight - shown.scrollTop;
    if (isBack && below > LINE_HEIGHT) onBack();
  };

  return (
    <div
      ref={frame}
      onScroll={onScroll}
      className={styles.frame}
      role="log"
      aria-label="Task log"
      aria-live="off"
      // Scrolled by keyboard, so it takes the focus.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      data-kind="log-lines"
      data-wraps={wraps}
    >
      <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(item => (
          <div
            key={item.key}
            ref={wraps ? virtual.measureElement : undefined}
            data-index={item.index}
            className={styles.row}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <Row
              row={rows[item.index]}
              marked={marked}
              isTarget={target?.row === item.index}
              onToggle={onToggle}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function Row(props: {
  row: LogRow;
  marked: string;
  isTarget: boolean;
  onToggle: (nr: number) => void;
}) {
  const { row, marked, isTarget, onToggle } = props;
  const { nr, kind, text, level, depth, isFolded } = row;
  const { time, wallClock, source } = row;
  const indent = { paddingLeft: `${depth * 2}ch` };
  return (
    <div
      className={styles.line}
      data-kind="log-line"
      data-level={level ?? undefined}
      data-row={kind}
      data-target={isTarget}
    >
      <span className={styles.nr}>{nr}</span>
      {kind === 'group' ? (
        <button
          type="button"
          className={styles.group}
          style={indent}
          aria-expanded={!isFolded}
          onClick={() => onToggle(nr)}
        >
          <span aria-hidden="true">{isFolded ? '▸' : '▾'}</span> {text}{' '}
          <span className={styles.counts}>{countsOf(row)}</span>
        </button>
      ) : (
        <span
          className={styles.text}
          style={indent}
          title={source ?? undefined}
        >
          {time && <time dateTime={time}>{clock(time)}</time>}
          {wallClock && (
            <span
              className={styles.clock}
              title="As the log has it: which moment this is, its zone does not say"
            >
              {wallClock}
            </span>
          )}
          {(time || wallClock) && level && level !== 'info' && (
            <b className={styles.level}>{level.toUpperCase()}</b>
          )}
          <LogText text={text} marked={marked} />
        </span>
      )}
    </div>
  );
}

function countsOf({ lines, errors }: LogRow): string {
  if (lines === 0) return 'empty';
  const text = `${lines.toLocaleString()} ${lines === 1 ? 'line' : 'lines'}`;
  if (errors === 0) return text;
  return `${text}, ${errors.toLocaleString()} of them errors`;
}

function clock(time: string): string {
  return DateTime.fromISO(time).toFormat('HH:mm:ss.SSS');
}
