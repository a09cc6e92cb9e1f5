import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { AirflowApiError } from './api';
import { useLive } from './useLive';

/** A refusal will not change by asking again; anything else is tried once more. */
function shouldRetry(failures: number, error: Error): boolean {
  const refused = error instanceof AirflowApiError && error.status < 500;
  return !refused && failures < 1;
}

/** The one cache of everything that the pages read, kept fresh by signals where the portal has them. */
export function AirflowQueryProvider(props: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: shouldRetry, staleTime: 5_000 } },
      }),
  );
  return (
    <QueryClientProvider client={client}>
      <Live />
      {props.children}
    </QueryClientProvider>
  );
}

function Live() {
  useLive();
  return null;
}
