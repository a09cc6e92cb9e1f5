import type { AirflowClient, TaskInstanceRef } from '../airflow';
import { runs } from '../airflow/areas/runs';
import { tasks } from '../airflow/areas/tasks';
import type { Askers } from './askers';
import { first } from './pages';

/** What Airflow says of what it does not have. */
export const missing = { code: 'airflow-not-found', httpStatus: 404 };
/** What it says to who may not. */
export const forbidden = { code: 'forbidden', httpStatus: 403 };

/** The newest run of a DAG in a state. */
export function newestRun(
  client: AirflowClient,
  dagId: string,
  state: 'success' | 'failed' | 'running',
) {
  return first(
    client.read(runs, area => area.list({ dagId, states: [state] })),
  );
}

/** The task that failed, with how often it was tried. */
export async function failedTask({
  client,
  target,
}: Askers): Promise<TaskInstanceRef & { tries: number }> {
  const { dagId, taskId } = target.dags.fails;
  const { runId } = await newestRun(client, dagId, 'failed');
  const ref = { dagId, runId, taskId, mapIndex: -1 };
  const { tryNumber } = await client.ask(tasks, area => area.get(ref));
  return { ...ref, tries: tryNumber };
}
