import { AirflowError, type CallOptions } from '../airflow';
import { dags } from '../airflow/areas/dags';
import type { RegisteredCluster } from '../clusters';
import type { DagDocsStore } from '../store';

/** Each costs a request, so an inventory reads only some; a large cluster is known after some hours. */
const DAGS_A_READING = 20;

/** Docs change with a deployment, and Airflow does not tell when. */
const KEPT_MS = 24 * 60 * 60_000;

/** Reads what authors wrote about their DAGs, a few DAGs at each inventory. Without it nothing but search suffers. */
export async function readDocs(
  store: DagDocsStore,
  { name, client }: RegisteredCluster,
  call: CallOptions,
): Promise<void> {
  const due = await store.due(name, {
    readBefore: new Date(Date.now() - KEPT_MS),
    limit: DAGS_A_READING,
  });
  for (const dagId of due) {
    const readAt = new Date();
    try {
      const { docMd } = await client.ask(
        dags,
        area => area.details(dagId),
        call,
      );
      await store.save(name, dagId, docMd, readAt);
    } catch (error) {
      if (!(error instanceof AirflowError)) throw error;
      // It comes to the end of the queue, so that one that Airflow cannot serve does not keep the others out.
      if (isItsOwn(error)) await store.save(name, dagId, null, readAt);
      else return;
    }
  }
}

/** Trouble of this one DAG, and not of the cluster. */
function isItsOwn({ code }: AirflowError): boolean {
  return (
    code === 'airflow-not-found' ||
    code === 'server-error' ||
    code === 'invalid-response' ||
    code === 'forbidden'
  );
}
