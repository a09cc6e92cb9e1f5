import { useTaskInstances, type RunName } from '../../data/useRuns';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Near } from './Near';
import { distinctPart } from './distinctPart';

const SHOWN = 10;

/** The tasks that the run does have, those with a like name first. */
export function NearTasks(props: { run: RunName; taskId: string }) {
  const { run, taskId } = props;
  const paths = useAirflowPaths();
  const { data } = useTaskInstances(run, undefined);
  const ids = [...new Set((data?.items ?? []).map(task => task.taskId))];
  const part = distinctPart(taskId).toLowerCase();
  const isAlike = (id: string) => id.toLowerCase().includes(part);
  const sorted = [...ids.filter(isAlike), ...ids.filter(id => !isAlike(id))];
  return (
    <Near
      title="Tasks of this run:"
      links={sorted.slice(0, SHOWN).map(id => ({
        to: paths.task({ ...run, taskId: id, mapIndex: -1 }),
        text: id,
      }))}
    />
  );
}
