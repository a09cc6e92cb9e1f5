import { AirflowApiError } from '../../api';

/** True for an answer that says that a thing does not exist. */
export function isMissing(error: Error | null): error is AirflowApiError {
  return error instanceof AirflowApiError && error.status === 404;
}
