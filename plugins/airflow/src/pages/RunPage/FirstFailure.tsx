import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { z } from 'zod';
import type { RunName, TaskName } from '../../data/useRuns';
import { useTaskError } from '../../data/useTask';
import { ClearButton } from '../../features/actions';
import { HowFarRead, TaskErrorText } from '../../features/taskError';
import { firstFailure } from '../../features/taskViews';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Moment } from '../../ui/time';
import styles from './RunPage.module.css';

/** The error stands near the end of what is known of it; the tasks below must stay in sight. */
const LINES = 12;

/** On any tab but the first the reader has seen the excerpt, and came for something else. */
const tabQuery = z.object({ tab: z.string().optional() });

/** Where to look first in a run that failed. */
export function FirstFailure(props: {
  name: RunName;
  tasks: readonly TaskInstance[];
}) {
  const task = firstFailure(props.tasks);
  if (!task) return null;
  const { taskId, mapIndex } = task;
  return <Failed name={{ ...props.name, taskId, mapIndex }} task={task} />;
}

function Failed({ name, task }: { name: TaskName; task: TaskInstance }) {
  const paths = useAirflowPaths();
  const { tryNumber, endedAt } = task;
  const { data, error } = useTaskError(name, tryNumber);
  const [{ tab }] = useUrlQuery(tabQuery);
  return (
    <div className={styles.failure} data-kind="first-failure">
      <div>
        <strong>
          ✖ {task.displayName}
          {name.mapIndex >= 0 && ` [${task.mapLabel ?? name.mapIndex}]`}
        </strong>{' '}
        failed first
        {endedAt && (
          <>
            , <Moment at={endedAt} />
          </>
        )}
        {tryNumber > 1 && `, after ${tryNumber} attempts`}.{' '}
        <Link to={paths.task(name, tryNumber, data?.line ?? undefined)}>
          Read its log
        </Link>{' '}
        <ClearButton name={name} task={name} text="Clear from here…" />
      </div>
      {data && (
        <TaskErrorText
          error={tab === undefined ? data : { ...data, excerpt: [] }}
          lines={LINES}
        />
      )}
      {data && <HowFarRead error={data} />}
      {error && <p>What it failed with could not be read: {error.message}</p>}
    </div>
  );
}
