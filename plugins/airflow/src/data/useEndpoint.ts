import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useApi } from '@backstage/core-plugin-api';
import {
  hashKey,
  keepPreviousData,
  useQuery,
  type QueryKey,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { airflowApiRef, type CallInput } from './api';
import { mayPass } from './mayPass';

/** What failed for a reason that may pass is asked for again after so many milliseconds, whoever waits for it. */
const AGAIN_MS = 15_000;

/** How a page wants an endpoint read. */
export interface ReadOptions<T> {
  /** Milliseconds until it is read again while the page is looked at; `false` for never. */
  every?: number | false | ((data: T | undefined) => number | false);
  /** Shows the last answer while another question is being asked, as when a filter changes. */
  keepsPrevious?: boolean;
  enabled?: boolean;
}

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

/** Reads an endpoint of the portal's API through the one cache that all pages share. */
export function useEndpoint<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  endpoint: Endpoint<P, Q, B, R>,
  input: Pick<CallInput<P, Q, B>, 'params' | 'query'>,
  options: ReadOptions<z.output<R>> = {},
): Reading<z.output<R>> {
  const api = useApi(airflowApiRef);
  const { every = false, keepsPrevious, enabled } = options;
  const queryKey = [endpoint.operationId, input.params, input.query];
  const query = useQuery<z.output<R>>({
    queryKey,
    queryFn: ({ signal }) => api.call(endpoint, { ...input, signal }),
    refetchInterval: ({ state }) => {
      const pace = typeof every === 'function' ? every(state.data) : every;
      return pace === false && state.error && mayPass(state.error)
        ? AGAIN_MS
        : pace;
    },
    placeholderData: keepsPrevious ? keepPreviousData : undefined,
    enabled,
  });
  return readingOf(query, useLastError(queryKey, query.error));
}

function readingOf<T>(
  { data, error, isPlaceholderData, refetch }: UseQueryResult<T>,
  lastError: Error | null,
): Reading<T> {
  if (data !== undefined && !(isPlaceholderData && lastError)) {
    return { data, error, isPending: false, isPlaceholderData, refetch };
  }
  const none = { data: undefined, isPlaceholderData: false, refetch } as const;
  return lastError
    ? { ...none, error: lastError, isPending: false }
    : { ...none, error: null, isPending: true };
}

/** Why this could not be read when it last was not, which the cache forgets as soon as it asks again. */
function useLastError(queryKey: QueryKey, error: Error | null): Error | null {
  const key = hashKey(queryKey);
  const [last, setLast] = useState<{ key: string; error: Error } | null>(null);
  if (error && (last?.error !== error || last.key !== key)) {
    setLast({ key, error });
  }
  return last?.key === key ? last.error : null;
}
