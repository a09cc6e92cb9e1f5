import type { TaskCounts } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import type { RunTasks } from '../../data/useGrid';
import type { RunName } from '../../data/useRuns';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { StateChip, TaskCountList } from '../../ui/state';
import { GroupMenu } from '../actions';
import styles from './grid.module.css';
import type { GridRow } from './gridRows';

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
