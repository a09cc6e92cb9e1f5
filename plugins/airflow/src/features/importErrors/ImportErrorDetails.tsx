import type { ImportError } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Moment } from '../../ui/time';
import styles from './importErrors.module.css';

/** A DAG file that could not be imported: its message, and its traceback to unfold. */
export function ImportErrorDetails({ error }: { error: ImportError }) {
  const { filename, bundle, stackTrace, occurredAt } = error;
  return (
    <details className={styles.error} data-kind="import-error">
      <summary>
        <code>{filename}</code>
        {bundle && ` in ${bundle}`}
        {occurredAt && (
          <>
            , <Moment at={occurredAt} />
          </>
        )}
        <strong>{messageOf(stackTrace)}</strong>
      </summary>
      <pre
        // Scrolled by keyboard, so it takes the focus.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={`Traceback of ${filename}`}
      >
        {stackTrace}
      </pre>
    </details>
  );
}

/** Python ends a traceback with the exception and its message. */
function messageOf(stackTrace: string): string {
  return stackTrace.trim().split('\n').at(-1) ?? '';
}
