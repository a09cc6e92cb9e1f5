import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import type { RunName } from '../../hooks/useRuns';
import { Table } from '../layout';
import { StateChip } from '../state';
import { inRunOrder } from '../taskViews';
import { Elapsed, Moment } from '../time';

const columns = [
  { title: 'Task' },
  { title: 'State' },
  { title: 'Try', isNumber: true },
  { title: 'Started' },
  { title: 'Took', isNumber: true },
  { title: 'Operator' },
  { title: 'Pool' },
];

/** The task instances of a run, in the order in which they ran. */
export function TaskTable(props: {
  name: RunName;
  tasks: readonly TaskInstance[];
}) {
  const { name, tasks } = props;
  const paths = useAirflowPaths();
  return (
    <Table label="Tasks" columns={columns}>
      {inRunOrder(tasks).map(task => (
        <tr
          key={JSON.stringify([task.taskId, task.mapIndex])}
          data-kind="task-row"
          data-task={task.taskId}
          data-state={task.state}
        >
          <td data-label="Task" data-main>
            <Link
              to={paths.task(
                { ...name, taskId: task.taskId, mapIndex: task.mapIndex },
                task.tryNumber > 0 ? task.tryNumber : undefined,
              )}
            >
              {task.displayName}
              {task.mapIndex >= 0 &&
                ` [${task.mapLabel ?? String(task.mapIndex)}]`}
            </Link>
          </td>
          <td data-label="State">
            <StateChip state={task.state} />
          </td>
          <td data-label="Try" data-number>
            {task.tryNumber}
          </td>
          <td data-label="Started">
            {task.startedAt ? <Moment at={task.startedAt} /> : '–'}
          </td>
          <td data-label="Took" data-number>
            <Elapsed
              startedAt={task.startedAt}
              durationMs={task.durationMs}
              goesOn={task.state === 'running'}
            />
          </td>
          <td data-label="Operator">{task.operator ?? '–'}</td>
          <td data-label="Pool">{task.pool ?? '–'}</td>
        </tr>
      ))}
    </Table>
  );
}
