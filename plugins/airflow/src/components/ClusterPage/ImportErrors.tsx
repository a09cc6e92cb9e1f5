import type { ImportError } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useImportErrors } from '../../hooks/useImportErrors';
import { Empty, Loaded } from '../feedback';
import { Moment } from '../time';
import styles from './ClusterPage.module.css';
import type { ClusterTabProps } from './ClusterTabs';

/** DAG files that could not be imported, each with its message, and its traceback to unfold. */
export function ImportErrors({ cluster: { name } }: ClusterTabProps) {
  const errors = useImportErrors(name);
  return (
    <Loaded what="import errors" query={errors} rows={2}>
      {({ items, total, coverage }) => (
        <>
          {items.length === 0 && (
            <Empty>
              {coverage.some(({ readAt }) => readAt !== null)
                ? 'Every DAG file could be imported.'
                : 'Not read yet.'}
            </Empty>
          )}
          {items.map(error => (
            <ImportErrorDetails key={error.id} error={error} />
          ))}
          {total > items.length && <Empty>{total - items.length} more.</Empty>}
        </>
      )}
    </Loaded>
  );
}

function ImportErrorDetails({ error }: { error: ImportError }) {
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
