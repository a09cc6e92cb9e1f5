import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { AirflowApiError } from '../api';

/** A refusal will not change by asking again; anything else is tried once more. */
function shouldRetry(failures: number, error: Error): boolean {
  const refused = error instanceof AirflowApiError && error.status < 500;
  return !refused && failures < 1;
}

/** The one cache of everything that the pages read. */
export function AirflowQueryProvider(props: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: shouldRetry, staleTime: 5_000 } },
      }),
  );
  return (
    <QueryClientProvider client={client}>{props.children}</QueryClientProvider>
  );
}
