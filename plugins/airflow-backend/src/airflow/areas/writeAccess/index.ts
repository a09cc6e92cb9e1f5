import type { Area } from '../../area';
import { AirflowError } from '../../errors';
import { path, type AirflowApi, type ApiRequest } from '../../http';

/** Whether the portal's user may change anything. */
export interface WriteAccess {
  /** Null when this Airflow does not let it be found out. */
  mayWrite(): Promise<boolean | null>;
}

/** No DAG, run, task or file is named so, so nothing can be changed, and neither version writes it to its audit log. */
const NOTHING = 'airflow-fleet.asks-whether-it-may-write';

/** Both versions judge the role first: 403 where it may not, and 404 for what there is not where it may. */
async function mayDo(
  api: AirflowApi,
  request: ApiRequest,
): Promise<boolean | null> {
  try {
    await api.send(request);
    return null;
  } catch (error) {
    if (!(error instanceof AirflowError)) throw error;
    switch (error.code) {
      case 'forbidden':
        return false;
      case 'airflow-not-found':
        return true;
      default:
        return null;
    }
  }
}

export const writeAccess: Area<WriteAccess> = {
  v1: api => ({
    mayWrite: async () =>
      api.takes('parse of a file')
        ? mayDo(api, { method: 'PUT', path: path`/parseDagFile/${NOTHING}` })
        : null,
  }),
  v2: api => ({
    mayWrite: () =>
      mayDo(api, {
        method: 'PATCH',
        path: path`/dags/${NOTHING}/dagRuns/${NOTHING}/taskInstances/${NOTHING}/dry_run`,
        body: { new_state: 'success' },
      }),
  }),
};
