import type {
  AlertFailure,
  AlertSubject,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { Section } from '../layout';
import styles from './AlertPage.module.css';

/** The task that failed first, and what its log ends in. */
export function Failure(props: {
  subject: AlertSubject;
  failure: AlertFailure;
}) {
  const { subject, failure } = props;
  const { taskId, mapIndex, runId, tryNumber, exception, excerpt } = failure;
  const paths = useAirflowPaths();
  const isOfDag = subject.kind === 'dag' || subject.kind === 'run';
  return (
    <Section title="Failed first" kind="alert-failure">
      <p>
        <strong>
          ✖ {taskId}
          {mapIndex >= 0 && `[${mapIndex}]`}
        </strong>
        {tryNumber > 1 && `, attempt ${tryNumber}`}
        {isOfDag && (
          <>
            {' · '}
            <Link
              to={paths.task(
                {
                  cluster: subject.cluster,
                  dagId: subject.dagId,
                  runId,
                  taskId,
                  mapIndex,
                },
                tryNumber,
              )}
              data-kind="alert-log"
            >
              Open the log
            </Link>
          </>
        )}
      </p>
      {exception && (
        <p className={styles.exception} data-kind="alert-exception">
          {exception}
        </p>
      )}
      {excerpt.length > 0 ? (
        <pre
          className={styles.excerpt}
          // Wide lines scroll, and so they must for who has a keyboard only.
          tabIndex={0}
          aria-label={`Log of ${taskId}`}
          data-kind="alert-excerpt"
        >
          {excerpt.join('\n')}
        </pre>
      ) : (
        <p>Its log could not be read.</p>
      )}
    </Section>
  );
}
