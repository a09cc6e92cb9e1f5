import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import type { RunName } from '../../data/useRuns';
import { inRunOrder } from '../../features/taskViews';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { startedColumn, stateColumn, taskTookColumn } from '../../ui/columns';
import { Table, type Column } from '../../ui/layout';

/** The task instances of a run, in the order in which they ran. */
export function TaskTable(props: {
  name: RunName;
  tasks: readonly TaskInstance[];
}) {
  const { name, tasks } = props;
  const paths = useAirflowPaths();
  const nameColumn: Column<TaskInstance> = {
    title: 'Task',
    isMain: true,
    cell: ({ taskId, mapIndex, mapLabel, tryNumber, displayName }) => (
      <Link
        to={paths.task(
          { ...name, taskId, mapIndex },
          tryNumber > 0 ? tryNumber : undefined,
        )}
      >
        {displayName}
        {mapIndex >= 0 && ` [${mapLabel ?? String(mapIndex)}]`}
      </Link>
    ),
  };
  return (
    <Table
      label="Tasks"
      kind="task-row"
      rows={inRunOrder(tasks)}
      keyOf={({ taskId, mapIndex }) => JSON.stringify([taskId, mapIndex])}
      marksOf={({ taskId, state }) => ({
        'data-task': taskId,
        'data-state': state,
      })}
      columns={[
        nameColumn,
        stateColumn,
        { title: 'Try', isNumber: true, cell: ({ tryNumber }) => tryNumber },
        startedColumn,
        taskTookColumn,
        { title: 'Operator', cell: ({ operator }) => operator ?? '–' },
        { title: 'Pool', cell: ({ pool }) => pool ?? '–' },
      ]}
    />
  );
}
