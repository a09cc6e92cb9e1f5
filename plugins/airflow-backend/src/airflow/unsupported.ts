import { AirflowError } from './errors';
import type { AirflowApi } from './http';

/** What this version of Airflow lacks; pages ask the capabilities first. */
export function unsupported(
  { cluster }: AirflowApi,
  what: string,
  hint: string,
): AirflowError {
  return new AirflowError({
    code: 'unsupported',
    cluster,
    attempted: 'nothing: this version of Airflow has no such API',
    message: `The Airflow of cluster ${cluster} ${what}`,
    hint,
  });
}
