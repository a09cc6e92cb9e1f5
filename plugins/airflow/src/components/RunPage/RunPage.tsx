import { isUnfinished } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link as OutLink, Text } from '@backstage/ui';
import { useParams } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { useRun, useTaskInstances, type RunName } from '../../hooks/useRuns';
import { ClearButton } from '../actions';
import {
  Empty,
  ErrorPanel,
  isMissing,
  Loading,
  MissingPage,
} from '../feedback';
import { Facts, PageHead, Section } from '../layout';
import { StateChip } from '../state';
import { durationText, Elapsed, Moment } from '../time';
import { FirstFailure } from './FirstFailure';
import { TaskTable } from './TaskTable';

/** One run: what failed first, its tasks, what it was started with. */
export function RunPage() {
  const { cluster = '', dagId = '', runId = '' } = useParams();
  const name = { cluster, dagId, runId };
  return <NamedRun key={JSON.stringify(name)} name={name} />;
}

function NamedRun({ name }: { name: RunName }) {
  const run = useRun(name);
  const paths = useAirflowPaths();
  if (run.isPending) return <Loading what="the run" rows={10} />;
  if (!run.data) {
    return isMissing(run.error) ? (
      <MissingPage
        error={run.error}
        back={{ to: paths.dag(name), text: `DAG ${name.dagId}` }}
      />
    ) : (
      <ErrorPanel
        title="The run could not be loaded"
        error={run.error}
        onRetry={() => run.refetch()}
      />
    );
  }
  const { data } = run;
  return (
    <article data-kind="run-page" data-run={data.runId}>
      <PageHead
        title={data.runId}
        above={{ cluster: name.cluster, dagId: name.dagId }}
        beside={<StateChip state={data.state} kind="run-state" />}
        actions={
          <>
            <ClearButton name={name} />
            <OutLink href={data.webUrl} target="_blank">
              Open in Airflow
            </OutLink>
          </>
        }
      />
      {data.stale && (
        <Text as="p" color="warning" data-kind="stale-remark">
          Airflow cannot be read now; this is the run as it was last stored.
        </Text>
      )}
      <RunFacts run={data} />
      <Tasks name={name} isRunning={isUnfinished(data.state)} />
      <Section title="Configuration" kind="run-conf">
        {Object.keys(data.conf).length > 0 ? (
          <pre>{JSON.stringify(data.conf, null, 2)}</pre>
        ) : (
          <Empty>Started without a configuration.</Empty>
        )}
      </Section>
    </article>
  );
}

function RunFacts(props: {
  run: NonNullable<ReturnType<typeof useRun>['data']>;
}) {
  const { run } = props;
  const moment = (at: string | null) => at && <Moment at={at} />;
  return (
    <Facts
      facts={[
        ['Due', run.runAfter === run.logicalDate ? null : moment(run.runAfter)],
        ['Queued', moment(run.queuedAt)],
        ['Started', moment(run.startedAt)],
        ['Ended', moment(run.endedAt)],
        [
          'Took',
          <>
            <Elapsed
              startedAt={run.startedAt}
              durationMs={run.durationMs}
              goesOn={isUnfinished(run.state)}
            />
            {run.usualDurationMs !== null &&
              `, usually ${durationText(run.usualDurationMs)}`}
          </>,
        ],
        ['Type', run.type.replaceAll('_', ' ')],
        ['Triggered by', run.triggeringUser ?? run.triggeredBy],
        ['Logical date', moment(run.logicalDate)],
        ['Data from', moment(run.dataIntervalStart)],
        ['Data to', moment(run.dataIntervalEnd)],
        ['Note', run.note],
      ]}
    />
  );
}

function Tasks({ name, isRunning }: { name: RunName; isRunning: boolean }) {
  const tasks = useTaskInstances(name, isRunning);
  return (
    <>
      {tasks.data && <FirstFailure name={name} tasks={tasks.data.items} />}
      <Section title="Tasks" kind="run-tasks">
        {tasks.isPending && <Loading what="tasks" />}
        {tasks.error && (
          <ErrorPanel
            title="The tasks could not be loaded"
            error={tasks.error}
            onRetry={() => tasks.refetch()}
          />
        )}
        {tasks.data && tasks.data.skippedRows > 0 && (
          <Text as="p" color="warning">
            Airflow could not serve {tasks.data.skippedRows} of its rows.
          </Text>
        )}
        {tasks.data && tasks.data.items.length === 0 && (
          <Empty>No task instance yet.</Empty>
        )}
        {tasks.data && tasks.data.items.length > 0 && (
          <TaskTable name={name} tasks={tasks.data.items} />
        )}
      </Section>
    </>
  );
}
