import type {
  Alert,
  AlertExplanation,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { explanationWords, taskOf } from '../../features/alerts';
import { TaskErrorText } from '../../features/taskError';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Section } from '../../ui/layout';
import { Moment } from '../../ui/time';

/** The task that failed first, and what its log ends in. */
export function Failure({ alert }: { alert: Alert }) {
  const paths = useAirflowPaths();
  const { failure } = alert;
  const task = taskOf(alert);
  if (!failure || !task) {
    return alert.explanation ? (
      <Section title="Failed first" kind="alert-failure">
        <Explanation explanation={alert.explanation} />
      </Section>
    ) : null;
  }
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
      {alert.explanation && <Explanation explanation={alert.explanation} />}
    </Section>
  );
}

/** How far the search for the error is; nothing once it is found. */
function Explanation({ explanation }: { explanation: AlertExplanation }) {
  const { state, because, nextAt } = explanation;
  if (state === 'found') return null;
  return (
    <p data-kind="alert-explanation" data-state={state}>
      {explanationWords[state]}
      {because && `: ${because}`}
      {nextAt && because && (
        <>
          . Asked again <Moment at={nextAt} />
        </>
      )}
    </p>
  );
}
