import type { DagWithRuns } from '../../data/useDag';
import { OwnerLine } from '../../features/owner';
import { Facts } from '../../ui/layout';
import { ScheduleText } from '../../ui/schedule';
import { durationText, Moment, zoneWords } from '../../ui/time';

/** What the portal knows of a DAG at a glance. */
export function DagFacts(props: { dag: DagWithRuns }) {
  const { dag } = props;
  const { schedule, nextRunAt, successRate, usualDurationMs } = dag;
  return (
    <Facts
      facts={[
        [
          'Schedule',
          <>
            <ScheduleText schedule={schedule} zone={dag.zone} />
            {schedule.expression && (
              <div>
                <code>{schedule.expression}</code>
              </div>
            )}
          </>,
        ],
        [
          'Next run',
          nextRunAt && !dag.paused ? (
            <Moment at={nextRunAt} zone={dag.zone} />
          ) : (
            'none'
          ),
        ],
        ['Zone of the schedule', dag.zone && zoneWords(dag.zone)],
        [
          'Failing',
          dag.failing ? (
            <>
              ✖{' '}
              {dag.failing.failures === 1
                ? '1 run'
                : `${dag.failing.failures} runs in a row`}
              , since <Moment at={dag.failing.since} />
            </>
          ) : (
            'no'
          ),
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
