import { isUnfinished } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link as OutLink, Text } from '@backstage/ui';
import { useNavigate } from 'react-router-dom';
import { GoneProvider } from '../../data/useGone';
import { useRun, useTaskInstances, type RunName } from '../../data/useRuns';
import { ClearButton, RunMenu } from '../../features/actions';
import { WaitingForPeople } from '../../features/humanInput';
import { MissingPart } from '../../features/missing';
import { airflowWho, DoneHere, portalWho } from '../../features/portalActions';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { useIds } from '../../ui/address/useIds';
import { isMissing } from '../../ui/feedback';
import { AwaitedPage, Facts, PageHead, type Place } from '../../ui/layout';
import { runName } from '../../ui/run';
import { StateChip, stateGlyphs } from '../../ui/state';
import { durationText, Elapsed, Moment } from '../../ui/time';
import { FirstFailure } from './FirstFailure';
import { RunTabs } from './RunTabs';
import { Waits } from './Waits';

/** One run: what failed first, its tasks, what it was started with. */
export function RunPage() {
  const { cluster = '', dagId = '', runId = '' } = useIds();
  const name = { cluster, dagId, runId };
  return <NamedRun key={JSON.stringify(name)} name={name} />;
}

function NamedRun({ name }: { name: RunName }) {
  const run = useRun(name);
  const tasks = useTaskInstances(name, run.data);
  const paths = useAirflowPaths();
  const navigate = useNavigate();
  const above: Place = {
    list: 'dags',
    cluster: name.cluster,
    dagId: name.dagId,
  };
  if (!run.data) {
    return isMissing(run.error) ? (
      <MissingPart error={run.error} wanted={name} />
    ) : (
      <AwaitedPage title={name.runId} above={above} what="run" query={run} />
    );
  }
  const { data } = run;
  return (
    <GoneProvider value={data.gone ? 'The run' : undefined}>
      <article data-kind="run-page" data-run={data.runId}>
        <PageHead
          title={runName(data)}
          above={above}
          sign={stateGlyphs[data.state]}
          beside={<StateChip state={data.state} kind="run-state" />}
          actions={
            <>
              <ClearButton name={name} shortcut="c" />
              {!data.gone && (
                <OutLink href={data.webUrl} target="_blank">
                  Open in Airflow
                </OutLink>
              )}
              <RunMenu run={data} onDeleted={() => navigate(paths.dag(name))} />
            </>
          }
        />
        {data.stale && (
          <Text as="p" color="warning" data-kind="stale-remark">
            Airflow cannot be read now; this is the run as it was last stored.
          </Text>
        )}
        {data.gone && (
          <Text as="p" color="warning" data-kind="gone-remark">
            Airflow no longer finds this run, so it may have been deleted there.
            What is shown was stored before; no action is possible.
          </Text>
        )}
        <Waits dag={name} waits={data.waits} />
        <RunFacts run={data} />
        <WaitingForPeople name={name} />
        {tasks.data && <FirstFailure name={name} tasks={tasks.data.items} />}
        <RunTabs name={name} run={data} tasks={tasks} />
        <DoneHere dag={name} actions={data.actions} />
      </article>
    </GoneProvider>
  );
}

/** Who it was, and not only the account that the portal has in Airflow. */
function triggeredBy(
  run: NonNullable<ReturnType<typeof useRun>['data']>,
): string | null {
  const action = run.actions.find(
    ({ event, error }) => event === 'dag-trigger' && error === null,
  );
  return action ? portalWho(action.who, run.triggeringUser) : airflowWho(run);
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
        ['Triggered by', triggeredBy(run)],
        ['Logical date', moment(run.logicalDate)],
        ['Data from', moment(run.dataIntervalStart)],
        ['Data to', moment(run.dataIntervalEnd)],
        ['Run id', <code>{run.runId}</code>],
        ['Note', run.note],
      ]}
    />
  );
}
