import type { AirflowApiError } from '../../data/api';
import type { TaskName } from '../../data/useRuns';
import { useMappedInstances } from '../../data/useTask';
import { ClearButton, TaskMenu } from '../../features/actions';
import { MissingPart } from '../../features/missing';
import { AwaitedPage, PageHead } from '../../ui/layout';
import { MappedInstances } from './MappedInstances';
import { placeOf } from './place';

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
  const above = placeOf(name);
  if (isWhole && found.isPending) {
    return (
      <AwaitedPage
        title={name.taskId}
        above={above}
        what="task"
        query={found}
      />
    );
  }
  if (!found.data?.total) return <MissingPart error={missing} wanted={name} />;
  return (
    <article data-kind="task-page" data-task={name.taskId}>
      <PageHead
        title={name.taskId}
        above={above}
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
