import { Text } from '@backstage/ui';
import { Fragment, type ReactNode } from 'react';
import type { DagWithRuns } from '../../data/useDag';
import { OwnerName } from '../../features/owner';
import { ScheduleText } from '../../ui/schedule';
import { durationText, Moment } from '../../ui/time';
import styles from './DagPage.module.css';

/** What is asked of a DAG first, in one line: how it is doing, when it runs and whose it is. */
export function DagLine(props: { dag: DagWithRuns }) {
  const { dag } = props;
  const { failing, successRate, usualDurationMs, nextRunAt, zone } = dag;
  const parts: ReactNode[] = [
    failing && (
      <span className={styles.failing}>
        ✖{' '}
        {failing.failures === 1
          ? '1 run failed'
          : `${failing.failures} runs failed in a row`}{' '}
        since <Moment at={failing.since} />
      </span>
    ),
    <ScheduleText schedule={dag.schedule} zone={zone} />,
    nextRunAt && !dag.paused && (
      <>
        next <Moment at={nextRunAt} zone={zone} />
      </>
    ),
    successRate !== null &&
      `${Math.round(successRate * 100)} % of the last runs succeeded`,
    usualDurationMs !== null && `usually ${durationText(usualDurationMs)}`,
    dag.owner && (
      <>
        owner <OwnerName dag={dag} />
      </>
    ),
  ];
  return (
    <Text as="p" color="secondary" data-kind="dag-line">
      {parts
        .filter(part => Boolean(part))
        .map((part, i) => (
          <Fragment key={i}>
            {i > 0 && ' · '}
            {part}
          </Fragment>
        ))}
    </Text>
  );
}
