import { alertEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef, useSignal } from '@backstage/plugin-signals-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** The channel on which the backend says that something changed. */
const CHANNEL = 'airflow';

/** The operations whose answers change when an alert changes. */
const alertOperations: ReadonlySet<string> = new Set(
  Object.values(alertEndpoints).map(({ operationId }) => operationId),
);

/** Reads alerts again as soon as the backend says that they changed; call it once for each cache. */
export function useLive(): void {
  const client = useQueryClient();
  const { lastSignal } = useSignal(CHANNEL);
  useEffect(() => {
    if (!lastSignal) return;
    client
      .invalidateQueries({
        predicate: ({ queryKey }) => alertOperations.has(String(queryKey[0])),
      })
      .catch(() => undefined);
  }, [client, lastSignal]);
}

/** How often alerts are read: seldom where signals tell of changes, since one may be lost; often where there are none. */
export function useLivePace(): number {
  return useApiHolder().get(signalApiRef) ? 60_000 : 15_000;
}
