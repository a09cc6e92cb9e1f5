import { Alert } from '@backstage/ui';
import { Link } from 'react-router-dom';
import { useHumanInputs } from '../../data/useHumanInputs';
import type { RunName } from '../../data/useRuns';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';

/** Says which tasks of a run wait for a person's answer. */
export function WaitingForPeople({ name }: { name: RunName }) {
  const { data } = useHumanInputs(name);
  const paths = useAirflowPaths();
  const open = data?.items.filter(({ answer }) => answer === null) ?? [];
  if (open.length === 0) return null;
  return (
    <div data-kind="waiting-for-people">
      <Alert
        status="info"
        icon
        title="Waiting for an answer"
        description={
          <>
            {open.map(({ taskId, mapIndex, subject }) => (
              <div key={JSON.stringify([taskId, mapIndex])}>
                <Link to={paths.task({ ...name, taskId, mapIndex })}>
                  {subject}
                </Link>
              </div>
            ))}
          </>
        }
      />
    </div>
  );
}
