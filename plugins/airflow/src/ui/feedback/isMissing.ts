import { AirflowApiError } from '../../data/api';

/** True for an answer that says that a thing does not exist, or no longer does. */
export function isMissing(error: Error | null): error is AirflowApiError {
  return error instanceof AirflowApiError && [404, 410].includes(error.status);
}
