import { AirflowApiError } from './api';

/** Whether asking again may help: a refusal stays one, anything else may pass. */
export function mayPass(error: Error): boolean {
  return !(error instanceof AirflowApiError && error.status < 500);
}
