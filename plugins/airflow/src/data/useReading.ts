import {
  hashKey,
  useQuery,
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useState } from 'react';

/** What is known of an answer: it is there, it could not be read, or it is awaited. */
export type Reading<T> = {
  /** Asks now; never rejects. */
  refetch: () => Promise<unknown>;
} & (
  | {
      data: T;
      /** Why it could not be read again. */
      error: Error | null;
      isPending: false;
      isPlaceholderData: boolean;
    }
  | {
      data: undefined;
      /** It stays while the next try goes on, so that it can be read to its end. */
      error: Error;
      isPending: false;
      isPlaceholderData: false;
    }
  | {
      data: undefined;
      error: null;
      isPending: true;
      isPlaceholderData: false;
    }
);

/** Asks the cache for an answer. */
export function useReading<T>(options: UseQueryOptions<T>): Reading<T> {
  const query = useQuery(options);
  const { data, error, isPlaceholderData, refetch } = query;
  const lastError = useLastError(options.queryKey, query);
  if (data !== undefined && !(isPlaceholderData && lastError)) {
    return { data, error, isPending: false, isPlaceholderData, refetch };
  }
  const none = { data: undefined, isPlaceholderData: false, refetch } as const;
  return lastError
    ? { ...none, error: lastError, isPending: false }
    : { ...none, error: null, isPending: true };
}

/** Why this could not be read until it is, which the cache forgets as soon as it asks again. */
function useLastError<T>(
  queryKey: QueryKey,
  { error, isSuccess, isPlaceholderData }: UseQueryResult<T>,
): Error | null {
  const key = hashKey(queryKey);
  const [last, setLast] = useState<{ key: string; error: Error } | null>(null);
  if (error && (last?.error !== error || last.key !== key)) {
    setLast({ key, error });
  }
  const isRead = isSuccess && !isPlaceholderData;
  if (isRead && last) setLast(null);
  return last?.key === key ? last.error : null;
}
