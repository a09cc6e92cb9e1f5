import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import type { RunName } from '../../hooks/useRuns';
import { ClearButton } from '../actions';
import { Moment } from '../time';
import { firstFailure } from './order';
import styles from './RunPage.module.css';

/** Where to look first in a run that failed. */
export function FirstFailure(props: {
  name: RunName;
  tasks: readonly TaskInstance[];
}) {
  const { name, tasks } = props;
  const paths = useAirflowPaths();
  const task = firstFailure(tasks);
  if (!task) return null;
  const { taskId, mapIndex, tryNumber, endedAt } = task;
  return (
    <div className={styles.failure} data-kind="first-failure">
      <strong>✖ {task.displayName}</strong> failed first
      {endedAt && (
        <>
          , <Moment at={endedAt} />
        </>
      )}
      {tryNumber > 1 && `, after ${tryNumber} attempts`}.{' '}
      <Link to={paths.task({ ...name, taskId, mapIndex }, tryNumber)}>
        Read its log
      </Link>{' '}
      <ClearButton
        name={name}
        task={{ taskId, mapIndex }}
        text="Clear from here…"
      />
    </div>
  );
}
