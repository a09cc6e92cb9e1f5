import { useImportErrors } from '../../data/useImportErrors';
import { ImportErrorDetails } from '../../features/importErrors';
import { Empty, Loaded } from '../../ui/feedback';
import type { ClusterTabProps } from './ClusterTabProps';

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
