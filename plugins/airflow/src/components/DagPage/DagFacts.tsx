import type { useDag } from '../../hooks/useDag';
import { Facts } from '../layout';
import { OwnerLine } from '../owner';
import { durationText, Moment } from '../time';

/** What the portal knows of a DAG at a glance. */
export function DagFacts(props: {
  dag: NonNullable<ReturnType<typeof useDag>['data']>;
}) {
  const { dag } = props;
  const { schedule, nextRunAt, successRate, usualDurationMs } = dag;
  return (
    <Facts
      facts={[
        [
          'Schedule',
          <>
            {schedule.expression ?? 'none'}
            {schedule.description && <div>{schedule.description}</div>}
          </>,
        ],
        [
          'Next run',
          nextRunAt && !dag.paused ? <Moment at={nextRunAt} /> : 'none',
        ],
        [
          'Success of the last 14',
          successRate === null ? '–' : `${Math.round(successRate * 100)} %`,
        ],
        [
          'Usually takes',
          usualDurationMs === null ? '–' : durationText(usualDurationMs),
        ],
        ['Owner', <OwnerLine dag={dag} />],
        ['Owners in Airflow', dag.owners.join(', ') || '–'],
        ['Tags', dag.tags.join(', ') || '–'],
        ['DAG id', <code>{dag.dagId}</code>],
        ['File', dag.fileLocation && <code>{dag.fileLocation}</code>],
        ['Read', <Moment at={dag.readAt} />],
      ]}
    />
  );
}
