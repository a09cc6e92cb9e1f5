import type { TaskCounts } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import type { RunTasks } from '../../hooks/useGrid';
import type { RunName } from '../../hooks/useRuns';
import { GroupMenu } from '../actions';
import { StateChip, TaskCountList } from '../state';
import type { GridRow } from './gridRows';
import styles from './grid.module.css';

/** The tasks of a group in a run. */
export function GroupTasks(props: {
  run: RunName;
  row: GridRow;
  counts: TaskCounts | null;
  tasks: RunTasks;
}) {
  const { run, row, counts, tasks } = props;
  const paths = useAirflowPaths();
  return (
    <>
      {counts && <TaskCountList counts={counts} />}
      <GroupMenu run={run} group={{ groupId: row.id, taskIds: row.taskIds }} />
      <ul className={styles.group} aria-label="Tasks of the group">
        {row.taskIds.map(taskId => (
          <li key={taskId}>
            <Link to={paths.task({ ...run, taskId, mapIndex: -1 })}>
              {taskId}
            </Link>{' '}
            <StateChip state={tasks.get(taskId)?.state ?? 'none'} />
          </li>
        ))}
      </ul>
    </>
  );
}
