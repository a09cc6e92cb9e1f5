import { createContext, useContext } from 'react';

/** What Airflow no longer has, as in "The DAG"; undefined where it still has what is shown. */
const GoneContext = createContext<string | undefined>(undefined);

/** Around what is shown of something that is gone from Airflow: hardly anything can be done to it any more. */
export const GoneProvider = GoneContext.Provider;

/** What of this page is gone from Airflow, if anything. */
export function useGone(): string | undefined {
  return useContext(GoneContext);
}
