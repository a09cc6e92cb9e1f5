import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleLinear, scaleTime } from '@visx/scale';
import { DateTime } from 'luxon';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { showEnd } from '../../ui/layout';
import { stateLook, stateWord } from '../../ui/state';
import { durationText } from '../../ui/time';
import { durationTicks } from './ticks';
import styles from './trend.module.css';

const WIDTH = 900;
const HEIGHT = 220;
const MARGIN = { top: 8, right: 40, bottom: 28, left: 64 };
const RADIUS = 4;
/** Up to this length the time of the day matters more than the day. */
const SHORT_MS = 5 * 24 * 3_600_000;
const TICK = { className: styles.tick };

/** A run that has ended. */
export type EndedRun = DagRun & { durationMs: number };

/** Runs as points over time, as high as they took long; each leads to its run. A cross has failed. */
export function TrendChart(props: {
  /** Oldest first. */
  runs: readonly EndedRun[];
  usualMs: number | null;
}) {
  const { runs, usualMs } = props;
  const paths = useAirflowPaths();
  const longest = Math.max(1, usualMs ?? 0, ...runs.map(run => run.durationMs));
  const x = scaleTime({
    domain: [momentOf(runs[0]), momentOf(runs[runs.length - 1])],
    range: [MARGIN.left, WIDTH - MARGIN.right],
  });
  const y = scaleLinear({
    domain: [0, longest],
    range: [HEIGHT - MARGIN.bottom, MARGIN.top],
  });
  const [first, last] = x.domain().map(Number);
  const format = last - first < SHORT_MS ? 'd LLL HH:mm' : 'd LLL';
  return (
    <div className={styles.frame} ref={showEnd}>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        aria-label={`How long the last ${runs.length} runs took`}
        role="group"
        data-kind="trend-chart"
      >
        <AxisLeft
          scale={y}
          left={MARGIN.left - 6}
          tickValues={durationTicks(longest)}
          tickFormat={ms => durationText(Number(ms))}
          tickLabelProps={{ ...TICK, textAnchor: 'end' }}
          axisLineClassName={styles.axis}
          tickClassName={styles.axis}
        />
        <AxisBottom
          scale={x}
          top={HEIGHT - MARGIN.bottom + 4}
          numTicks={6}
          tickFormat={at => DateTime.fromMillis(Number(at)).toFormat(format)}
          tickLabelProps={{ ...TICK, textAnchor: 'middle' }}
          axisLineClassName={styles.axis}
          tickClassName={styles.axis}
        />
        {usualMs !== null && (
          <line
            className={styles.usual}
            x1={MARGIN.left}
            x2={WIDTH - MARGIN.right}
            y1={y(usualMs)}
            y2={y(usualMs)}
          >
            <title>usually {durationText(usualMs)}</title>
          </line>
        )}
        {runs.map(run => (
          <Link
            key={run.runId}
            to={paths.run(run)}
            className={stateLook}
            data-state={run.state}
            data-kind="trend-point"
            aria-label={runText(run)}
          >
            <title>{runText(run)}</title>
            <Mark
              x={x(momentOf(run))}
              y={y(run.durationMs)}
              isFailed={run.state === 'failed'}
            />
          </Link>
        ))}
      </svg>
    </div>
  );
}

function Mark(props: { x: number; y: number; isFailed: boolean }) {
  const { x, y, isFailed } = props;
  if (!isFailed) {
    return <circle className={styles.dot} cx={x} cy={y} r={RADIUS} />;
  }
  const r = RADIUS;
  return (
    <path
      className={styles.cross}
      d={`M${x - r},${y - r}L${x + r},${y + r}M${x - r},${y + r}L${x + r},${
        y - r
      }`}
    />
  );
}

function momentOf({ dueAt }: DagRun): Date {
  return new Date(dueAt);
}

function runText(run: EndedRun): string {
  const due = DateTime.fromISO(run.dueAt).toFormat('d LLL HH:mm');
  return `${stateWord(run.state)}, ${due}, ${durationText(run.durationMs)}`;
}
