import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { askAgain, triesOnceMore } from './askAgain';
import { useLive } from './useLive';

/** The one cache of everything that the pages read, kept fresh by signals where the portal has them. */
export function AirflowQueryProvider(props: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            retry: triesOnceMore,
            refetchInterval: askAgain,
            staleTime: 5_000,
          },
        },
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
