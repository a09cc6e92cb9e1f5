import type { TaskState } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link as OutLink } from '@backstage/ui';
import { useTaskTries, type TaskName } from '../../data/useRuns';
import { ClearButton, TaskMenu } from '../../features/actions';
import { HumanInputPanel } from '../../features/humanInput';
import { useIds } from '../../ui/address/useIds';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { isMissing } from '../../ui/feedback';
import { AwaitedPage, Facts, PageHead } from '../../ui/layout';
import { StateChip, stateGlyphs } from '../../ui/state';
import { Elapsed, Moment } from '../../ui/time';
import { placeOf } from './place';
import { taskQuery } from './taskQuery';
import type { TaskTabProps } from './TaskTabProps';
import { TaskTabs } from './TaskTabs';
import { WaitsFor } from './WaitsFor';
import { WholeTask } from './WholeTask';

/** In these it waits for its turn. */
const waiting: ReadonlySet<TaskState> = new Set([
  'none',
  'scheduled',
  'queued',
  'up_for_retry',
  'up_for_reschedule',
]);

/** One task instance: its log, attempt by attempt, and what else it tells. */
export function TaskPage() {
  const { cluster = '', dagId = '', runId = '', taskId = '' } = useIds();
  const [query] = useUrlQuery(taskQuery);
  const name = { cluster, dagId, runId, taskId, mapIndex: query.map };
  return (
    <NamedTask
      key={JSON.stringify(name)}
      name={name}
      wanted={query.try}
      line={query.line}
    />
  );
}

function NamedTask(props: {
  name: TaskName;
  wanted: number | undefined;
  line: number | undefined;
}) {
  const { name, wanted, line } = props;
  const tries = useTaskTries(name);
  const above = placeOf(name);
  if (!tries.data) {
    // Airflow knows no instance of a mapped task without its index.
    return isMissing(tries.error) ? (
      <WholeTask name={name} missing={tries.error} />
    ) : (
      <AwaitedPage
        title={name.taskId}
        above={above}
        what="task"
        query={tries}
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
        above={above}
        sign={stateGlyphs[instance.state]}
        beside={<StateChip state={instance.state} kind="task-state" />}
        actions={
          <>
            <ClearButton
              name={name}
              task={name}
              text="Clear this task…"
              shortcut="c"
            />
            <OutLink href={webUrl} target="_blank">
              Open in Airflow
            </OutLink>
            <TaskMenu run={name} instance={instance} />
          </>
        }
      />
      <TaskFacts instance={instance} shown={shown} />
      {waiting.has(instance.state) && <WaitsFor name={name} />}
      <HumanInputPanel name={name} />
      <TaskTabs
        name={name}
        instance={instance}
        tries={items}
        shown={shown}
        line={line}
      />
    </article>
  );
}

function TaskFacts({
  instance,
  shown,
}: Pick<TaskTabProps, 'instance' | 'shown'>) {
  return (
    <Facts
      facts={[
        ['Operator', instance.operator],
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
  );
}
