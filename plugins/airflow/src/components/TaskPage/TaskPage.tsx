import type { TaskTry } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link as OutLink } from '@backstage/ui';
import { Link, useParams } from 'react-router-dom';
import { z } from 'zod';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { useTaskTries, type TaskName } from '../../hooks/useRuns';
import { useUrlQuery } from '../../hooks/useUrlQuery';
import { ClearButton } from '../actions';
import {
  Empty,
  ErrorPanel,
  isMissing,
  Loading,
  MissingPage,
} from '../feedback';
import { Facts, PageHead } from '../layout';
import { StateChip, stateWord } from '../state';
import { Elapsed, Moment } from '../time';
import { LogPanel } from './LogPanel';
import styles from './TaskPage.module.css';

const taskQuery = z.object({
  map: z.coerce.number<number | string>().int().min(-1).default(-1),
  try: z.coerce.number<number | string>().int().min(1).optional(),
});

/** One task instance: its log, attempt by attempt. */
export function TaskPage() {
  const { cluster = '', dagId = '', runId = '', taskId = '' } = useParams();
  const [query] = useUrlQuery(taskQuery);
  const name = { cluster, dagId, runId, taskId, mapIndex: query.map };
  return (
    <NamedTask key={JSON.stringify(name)} name={name} wanted={query.try} />
  );
}

function NamedTask(props: { name: TaskName; wanted: number | undefined }) {
  const { name, wanted } = props;
  const tries = useTaskTries(name);
  const paths = useAirflowPaths();
  if (tries.isPending) return <Loading what="the task" rows={10} />;
  if (!tries.data) {
    return isMissing(tries.error) ? (
      <MissingPage
        error={tries.error}
        back={{ to: paths.run(name), text: `Run ${name.runId}` }}
      />
    ) : (
      <ErrorPanel
        title="The task could not be loaded"
        error={tries.error}
        onRetry={() => tries.refetch()}
      />
    );
  }
  const { instance, items, webUrl } = tries.data;
  const shown = items.find(item => item.tryNumber === wanted) ?? items.at(-1);
  return (
    <article data-kind="task-page" data-task={name.taskId}>
      <PageHead
        title={
          name.mapIndex >= 0
            ? `${instance.displayName} [${instance.mapLabel ?? name.mapIndex}]`
            : instance.displayName
        }
        above={name}
        beside={<StateChip state={instance.state} kind="task-state" />}
        actions={
          <>
            <ClearButton name={name} task={name} text="Clear this task…" />
            <OutLink href={webUrl} target="_blank">
              Open in Airflow
            </OutLink>
          </>
        }
      />
      <Facts
        facts={[
          ['Operator', instance.operator],
          ['Pool', instance.pool],
          ['Queue', instance.queue],
          ['Host', shown?.hostname],
          ['Started', shown?.startedAt && <Moment at={shown.startedAt} />],
          [
            'Took',
            shown && (
              <Elapsed
                startedAt={shown.startedAt}
                durationMs={shown.durationMs}
                goesOn={shown.state === 'running'}
              />
            ),
          ],
          ['Tries', `${instance.tryNumber} of ${instance.maxTries + 1}`],
          ['Note', instance.note],
        ]}
      />
      {shown ? (
        <>
          <TryTabs name={name} tries={items} shown={shown.tryNumber} />
          <LogPanel
            key={shown.tryNumber}
            name={name}
            tryNumber={shown.tryNumber}
            isRunning={shown.state === 'running'}
          />
        </>
      ) : (
        <Empty>It has not started yet, so there is no log.</Empty>
      )}
    </article>
  );
}

function TryTabs(props: {
  name: TaskName;
  tries: readonly TaskTry[];
  shown: number;
}) {
  const { name, tries, shown } = props;
  const paths = useAirflowPaths();
  return (
    <nav className={styles.tries} aria-label="Attempts">
      {tries.map(({ tryNumber, state }) => (
        <Link
          key={tryNumber}
          to={paths.task(name, tryNumber)}
          aria-current={tryNumber === shown ? 'page' : undefined}
          data-kind="try-tab"
          title={stateWord(state)}
        >
          Try {tryNumber} <StateChip state={state} />
        </Link>
      ))}
    </nav>
  );
}
