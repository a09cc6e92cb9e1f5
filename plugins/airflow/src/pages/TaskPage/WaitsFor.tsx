import type { TaskSummary } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import { Link } from 'react-router-dom';
import { useDagStructure, useTasksOfRuns } from '../../data/useGrid';
import type { TaskName } from '../../data/useRuns';
import { useWaitReasons } from '../../data/useTask';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Section } from '../../ui/layout';
import { StateChip, TaskCountList } from '../../ui/state';
import styles from './TaskPage.module.css';
import { blockersOf } from './upstream';

/** Of a task that has not started: which tasks it waits for, and what Airflow says of it. */
export function WaitsFor({ name }: { name: TaskName }) {
  const { runId, taskId } = name;
  const structure = useDagStructure(name);
  // A run with a task that is still to come goes on.
  const { byRun } = useTasksOfRuns(name, [{ runId, state: 'running' }]);
  const tasks = byRun.get(runId);
  const reasons = useWaitReasons(name);
  const blockers =
    structure.data && tasks && blockersOf(taskId, structure.data, tasks);
  const items = reasons.data?.items ?? [];
  if (!blockers?.direct.length && items.length === 0) return null;
  return (
    <Section title="Why it has not started" kind="waits-for">
      {blockers && blockers.direct.length > 0 && (
        <>
          <Tasks title="Waits for" name={name} tasks={blockers.direct} />
          {isFurtherUp(blockers) && (
            <Tasks
              title="What they wait for in the end"
              name={name}
              tasks={blockers.active}
            />
          )}
        </>
      )}
      {items.length > 0 && (
        <details>
          <summary>What Airflow says</summary>
          <ul>
            {items.map(({ name: what, reason }) => (
              <li key={`${what} ${reason}`} className={styles.reason}>
                <b>{what}</b>: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function isFurtherUp({ direct, active }: ReturnType<typeof blockersOf>) {
  return active.some(one => !direct.includes(one));
}

function Tasks(props: {
  title: string;
  name: TaskName;
  tasks: readonly TaskSummary[];
}) {
  const { title, name, tasks } = props;
  const paths = useAirflowPaths();
  return (
    <>
      <Text as="p" variant="body-small" color="secondary">
        {title}
      </Text>
      <ul className={styles.blockers}>
        {tasks.map(({ taskId, state, counts }) => (
          <li key={taskId} data-kind="blocker" data-state={state}>
            <Link to={paths.task({ ...name, taskId, mapIndex: -1 })}>
              {taskId}
            </Link>
            {counts ? (
              <TaskCountList counts={counts} />
            ) : (
              <StateChip state={state} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
