import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useApi } from '@backstage/core-plugin-api';
import { keepPreviousData } from '@tanstack/react-query';
import type { z } from 'zod';
import { airflowApiRef, type CallInput } from './api';
import { askAgain } from './askAgain';
import { useReading, type Reading } from './useReading';

/** How a page wants an endpoint read. */
export interface ReadOptions<T> {
  /** Milliseconds until it is read again while the page is looked at; `false` for never. */
  every?: number | false | ((data: T | undefined) => number | false);
  /** Shows the last answer while another question is being asked, as when a filter changes. */
  keepsPrevious?: boolean;
  enabled?: boolean;
}

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
  return useReading<z.output<R>>({
    queryKey: [endpoint.operationId, input.params, input.query],
    queryFn: ({ signal }) => api.call(endpoint, { ...input, signal }),
    refetchInterval: query =>
      (typeof every === 'function' ? every(query.state.data) : every) ||
      askAgain(query),
    placeholderData: keepsPrevious ? keepPreviousData : undefined,
    enabled,
  });
}
