import {
  isUnderWay,
  type TaskState,
  type TaskTry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import type { TaskName } from '../../data/useRuns';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Empty } from '../../ui/feedback';
import { PageTabs, type PageTab } from '../../ui/layout';
import { StateChip, stateWord } from '../../ui/state';
import { Details } from './Details';
import { LogPanel } from './LogPanel';
import { MappedInstances } from './MappedInstances';
import { Rendered } from './Rendered';
import styles from './TaskPage.module.css';
import { taskQuery } from './taskQuery';
import type { TaskTabProps } from './TaskTabProps';
import { XComs } from './XComs';

/** In these something is added to the log now and then. */
const writing: ReadonlySet<TaskState> = new Set([
  'running',
  'restarting',
  'deferred',
  'awaiting_input',
  'up_for_reschedule',
]);

const tabs: readonly PageTab<TaskTabProps>[] = [
  { id: 'log', title: 'Log', Panel: Log, shortcut: 'l' },
  {
    id: 'mapped',
    title: 'All instances',
    Panel: MappedInstances,
    isThere: ({ name }) => name.mapIndex >= 0,
  },
  { id: 'xcom', title: 'XCom', Panel: XComs, shortcut: 'x' },
  { id: 'rendered', title: 'Rendered', Panel: Rendered },
  { id: 'details', title: 'Details', Panel: Details },
];

/** A task instance from all sides. */
export function TaskTabs(props: TaskTabProps) {
  return <PageTabs label="Task" tabs={tabs} page={props} />;
}

function Log({ name, instance, tries, shown, line }: TaskTabProps) {
  const [, change] = useUrlQuery(taskQuery);
  if (!shown) return <Empty>It has not started yet, so there is no log.</Empty>;
  return (
    <>
      <TryTabs name={name} tries={tries} shown={shown.tryNumber} />
      <NewerTry name={name} tries={tries} shown={shown} />
      <LogPanel
        key={shown.tryNumber}
        name={name}
        tryNumber={shown.tryNumber}
        isRunning={writing.has(shown.state)}
        line={line}
        onStay={() => {
          // Else the next attempt would take its place while it is being read.
          if (isUnderWay(instance.state)) change({ try: shown.tryNumber });
        }}
      />
    </>
  );
}

/** Says that an attempt is under way after the one that is read. */
function NewerTry(props: {
  name: TaskName;
  tries: readonly TaskTry[];
  shown: TaskTry;
}) {
  const { name, tries, shown } = props;
  const paths = useAirflowPaths();
  const newest = tries.at(-1);
  if (!newest || newest.tryNumber <= shown.tryNumber) return null;
  if (!isUnderWay(newest.state)) return null;
  return (
    <p className={styles.newer} role="status" data-kind="newer-try">
      Try {newest.tryNumber} is {stateWord(newest.state)} now.{' '}
      <Link to={paths.task(name)}>Follow it</Link>
    </p>
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
