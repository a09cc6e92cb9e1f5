import type { AirflowClient } from './AirflowClient';

/** Speaks one version of the REST API; the client chooses which. */
export type Adapter = Omit<
  AirflowClient,
  'cluster' | 'info' | 'clock' | 'findRun' | 'ask' | 'read' | 'webUrl' | 'close'
>;
