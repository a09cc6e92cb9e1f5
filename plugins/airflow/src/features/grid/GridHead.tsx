import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { DateTime } from 'luxon';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { stateLook, stateWord } from '../../ui/state';
import { durationText } from '../../ui/time';
import styles from './grid.module.css';
import type { Column } from './GridCells';

const LOWEST = 4;
const HIGHEST = 48;
/** A day is written out unless the one before it stands in its place. */
const DAY_COLUMNS = 2;

/** The runs above the grid: height is duration, colour is state, each leads to its run. */
export function GridHead(props: {
  columns: readonly Column[];
  runs: readonly DagRun[];
  selectedRun: string | undefined;
}) {
  const { columns, runs, selectedRun } = props;
  const paths = useAirflowPaths();
  const longestMs = Math.max(1, ...runs.map(run => run.durationMs ?? 0));
  const days = daysAbove(runs);
  return (
    <>
      {columns.map(({ index, start }) => {
        const run = runs[index];
        const height =
          run.durationMs === null
            ? HIGHEST / 2
            : LOWEST + (HIGHEST - LOWEST) * (run.durationMs / longestMs);
        return (
          <div
            key={run.runId}
            role="columnheader"
            aria-colindex={index + 2}
            className={styles.runHead}
            style={{ transform: `translateX(${start}px)` }}
            data-selected={selectedRun === run.runId}
          >
            {days.get(index) && (
              <span className={styles.day}>{days.get(index)}</span>
            )}
            <Link
              to={paths.run(run)}
              tabIndex={-1}
              className={`${stateLook} ${styles.bar}`}
              title={runWords(run)}
              aria-label={runWords(run)}
              data-at={`0:${index + 1}`}
              data-kind="grid-run"
              data-run={run.runId}
              data-state={run.state}
            >
              <i style={{ height }} />
              {run.note !== null && <b className={styles.noted} />}
            </Link>
          </div>
        );
      })}
    </>
  );
}

function runWords(run: DagRun): string {
  const due = DateTime.fromISO(run.runAfter).toFormat('d LLL HH:mm');
  return [
    run.runId,
    due,
    stateWord(run.state),
    ...(run.durationMs === null ? [] : [durationText(run.durationMs)]),
    ...(run.note === null ? [] : ['has a note']),
  ].join(', ');
}

/** The days of the runs, by the column above which each stands. */
function daysAbove(runs: readonly DagRun[]): Map<number, string> {
  const days = new Map<number, string>();
  let last = { day: '', column: -DAY_COLUMNS };
  runs.forEach(({ runAfter }, column) => {
    const day = DateTime.fromISO(runAfter).toFormat('d LLL');
    if (day === last.day || column - last.column < DAY_COLUMNS) return;
    days.set(column, day);
    last = { day, column };
  });
  return days;
}
