import type { DagListItem } from '@airflow-fleet/backstage-plugin-airflow-common';
import { DateTime } from 'luxon';
import { Link } from 'react-router-dom';
import type { DagName } from '../../data/useDag';
import { useAirflowPaths } from '../address/useAirflowPaths';
import { durationText } from '../time';
import styles from './state.module.css';
import { stateWord } from './states';

type Bar = DagListItem['recentRuns'][number];

const LOWEST = 6;
const HIGHEST = 26;

function heightOf(run: Bar, longestMs: number): number {
  if (run.durationMs === null || longestMs === 0) return HIGHEST / 2;
  return LOWEST + (HIGHEST - LOWEST) * (run.durationMs / longestMs);
}

function runText(run: Bar): string {
  const due = DateTime.fromISO(run.runAfter).toFormat('d LLL HH:mm');
  const took =
    run.durationMs === null ? '' : `, ${durationText(run.durationMs)}`;
  return `${stateWord(run.state)}, ${due}${took}`;
}

/** The last runs of a DAG, oldest first: height is duration, colour is state, each leads to its run. */
export function RunBars(props: { dag: DagName; runs: readonly Bar[] }) {
  const { dag, runs } = props;
  const paths = useAirflowPaths();
  if (runs.length === 0) return <span>no runs</span>;
  const longestMs = Math.max(...runs.map(run => run.durationMs ?? 0));
  return (
    <ul
      className={styles.bars}
      aria-label={`Last ${runs.length} runs`}
      data-kind="run-bars"
    >
      {runs.map(run => (
        <li key={run.runId}>
          <Link
            className={styles.look}
            to={paths.run({ ...dag, runId: run.runId })}
            title={runText(run)}
            aria-label={runText(run)}
            data-state={run.state}
          >
            <i style={{ height: heightOf(run, longestMs) }} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
