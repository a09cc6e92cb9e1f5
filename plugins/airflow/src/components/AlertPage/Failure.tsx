import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { taskOf } from '../alerts';
import { Section } from '../layout';
import { TaskErrorText } from '../taskError';

/** The task that failed first, and what its log ends in. */
export function Failure({ alert }: { alert: Alert }) {
  const paths = useAirflowPaths();
  const { failure } = alert;
  const task = taskOf(alert);
  if (!failure || !task) return null;
  const { taskId, mapIndex, tryNumber } = task;
  return (
    <Section title="Failed first" kind="alert-failure">
      <p>
        <strong>
          ✖ {taskId}
          {mapIndex >= 0 && `[${mapIndex}]`}
        </strong>
        {tryNumber > 1 && `, attempt ${tryNumber}`}
        {' · '}
        <Link to={paths.task(task, tryNumber)} data-kind="alert-log">
          Open the log
        </Link>
      </p>
      <TaskErrorText error={failure} />
      {failure.excerpt.length === 0 && <p>Its log could not be read.</p>}
    </Section>
  );
}
