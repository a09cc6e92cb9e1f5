import type { TaskError } from '@airflow-fleet/backstage-plugin-airflow-common';
import styles from './taskError.module.css';

/** What a task failed with: the exception, and the lines of its log around it. */
export function TaskErrorText(props: {
  error: Pick<TaskError, 'exception' | 'excerpt'>;
  /** So many lines of the end, where there is little room. */
  lines?: number;
}) {
  const { exception, excerpt } = props.error;
  const shown = props.lines ? excerpt.slice(-props.lines) : excerpt;
  return (
    <>
      {exception && (
        <p className={styles.exception} data-kind="error-exception">
          {exception}
        </p>
      )}
      {shown.length > 0 && (
        <pre className={styles.excerpt} data-kind="error-excerpt">
          {shown.join('\n')}
        </pre>
      )}
    </>
  );
}
