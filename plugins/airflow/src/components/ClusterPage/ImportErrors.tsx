import { useImportErrors } from '../../hooks/useImportErrors';
import { Empty, ErrorPanel, Loading } from '../feedback';
import { Moment } from '../time';
import styles from './ClusterPage.module.css';

/** DAG files that could not be imported, each with its traceback. */
export function ImportErrors({ cluster }: { cluster: string }) {
  const errors = useImportErrors(cluster);
  if (errors.isPending) return <Loading what="import errors" rows={2} />;
  if (!errors.data) {
    return (
      <ErrorPanel
        title="The import errors could not be loaded"
        error={errors.error}
        onRetry={() => errors.refetch()}
      />
    );
  }
  const { items, total, coverage } = errors.data;
  if (items.length === 0) {
    const isRead = coverage.some(({ readAt }) => readAt !== null);
    return (
      <Empty>
        {isRead ? 'Every DAG file could be imported.' : 'Not read yet.'}
      </Empty>
    );
  }
  return (
    <>
      {items.map(({ id, filename, bundle, stackTrace, occurredAt }) => (
        <details key={id} className={styles.error} data-kind="import-error">
          <summary>
            <code>{filename}</code>
            {bundle && ` in ${bundle}`}
            {occurredAt && (
              <>
                , <Moment at={occurredAt} />
              </>
            )}
          </summary>
          <pre>{stackTrace}</pre>
        </details>
      ))}
      {total > items.length && <Empty>{total - items.length} more.</Empty>}
    </>
  );
}
