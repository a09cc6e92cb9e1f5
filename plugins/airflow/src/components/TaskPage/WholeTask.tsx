import type { AirflowApiError } from '../../api';
import type { TaskName } from '../../hooks/useRuns';
import { useMappedInstances } from '../../hooks/useTask';
import { ClearButton, TaskMenu } from '../actions';
import { Loading } from '../feedback';
import { PageHead } from '../layout';
import { MissingPart } from '../missing';
import { MappedInstances } from './MappedInstances';

/** A mapped task as a whole, where none of its instances is named; the page of what is missing when there is none. */
export function WholeTask(props: { name: TaskName; missing: AirflowApiError }) {
  const { name, missing } = props;
  const isWhole = name.mapIndex < 0;
  const whole = { taskId: name.taskId, mapIndex: null };
  const found = useMappedInstances(
    name,
    name.taskId,
    { sort: 'mapIndex', limit: 1, offset: 0 },
    isWhole,
  );
  if (isWhole && found.isPending) return <Loading what="the task" rows={10} />;
  if (!found.data?.total) return <MissingPart error={missing} wanted={name} />;
  return (
    <article data-kind="task-page" data-task={name.taskId}>
      <PageHead
        title={name.taskId}
        above={name}
        actions={
          <>
            <ClearButton name={name} task={whole} text="Clear this task…" />
            <TaskMenu run={name} instance={whole} />
          </>
        }
      />
      <MappedInstances name={name} />
    </article>
  );
}
