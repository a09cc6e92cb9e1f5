import type { ReactNode } from 'react';
import type { Reading } from '../../data/useReading';
import { ErrorPanel } from './ErrorPanel';
import { Loading } from './Loading';

/** What was asked for once it is there; until then its shape, or why it is not to be had. */
export function Loaded<T>(props: {
  /** In words that fit "The … could not be loaded". */
  what: string;
  query: Reading<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  const { what, query, rows, children } = props;
  if (query.isPending) return <Loading what={`the ${what}`} rows={rows} />;
  if (query.data === undefined) {
    return (
      <ErrorPanel
        title={`The ${what} could not be loaded`}
        error={query.error ?? new Error('Nothing came back')}
        onRetry={() => query.refetch()}
      />
    );
  }
  return <>{children(query.data)}</>;
}
