import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useApi } from '@backstage/core-plugin-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { airflowApiRef, type CallInput } from './api';
import { useReading } from './useReading';

const PREVIEW = ' (dry run)';

/**
 * Does something through an endpoint; what is shown anywhere is read again afterwards, as an action may show on any page.
 */
export function useAction<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  endpoint: Endpoint<P, Q, B, R>,
  options: {
    /** Set where the action counts as done only once what is shown has been read again. */
    waitsForReading?: boolean;
  } = {},
) {
  const api = useApi(airflowApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<CallInput<P, Q, B>, 'signal'>) =>
      api.call(endpoint, input),
    onSuccess: () => {
      const reading = client
        .invalidateQueries({
          predicate: ({ queryKey }) => !String(queryKey[0]).endsWith(PREVIEW),
        })
        .catch(() => undefined);
      return options.waitsForReading ? reading : undefined;
    },
  });
}

/** What an action would touch now, asked anew whenever somebody is about to do it. */
export function usePreview<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  endpoint: Endpoint<P, Q, B, R>,
  input: Omit<CallInput<P, Q, B>, 'signal'>,
  options: { enabled?: boolean } = {},
) {
  const api = useApi(airflowApiRef);
  return useReading<z.output<R>>({
    queryKey: [`${endpoint.operationId}${PREVIEW}`, input.params, input.body],
    queryFn: ({ signal }) => api.call(endpoint, { ...input, signal }),
    staleTime: 0,
    gcTime: 0,
    enabled: options.enabled,
  });
}
