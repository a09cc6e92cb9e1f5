import {
  airflowLogReadPermission,
  type TaskError,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AirflowError,
  type AirflowClient,
  type TaskInstanceRef,
} from '../airflow';
import { ErrorExcerpt } from '../insights/errorExcerpt';
import type { Access } from './Access';
import { LiveCache, SETTLED_MS, type Fetched } from './LiveCache';
import { missingTry, orMissing, type MissingPart } from './missing';

type AttemptRef = TaskInstanceRef & { tryNumber: number };

/** No Airflow gives the end of a log alone, so a long one is read as far as one comes within this time. */
const LONGEST_MS = 5_000;
/** What an attempt died of does not change any more. */
const KNOWN_MS = 10 * 60_000;
const KEPT_CHARACTERS = 10_000_000;

/** What attempts of tasks failed with, out of their logs. */
export class TaskErrorService {
  private readonly errors = new LiveCache<TaskError>({
    maxSize: KEPT_CHARACTERS,
    sizeOf: ({ excerpt }) =>
      excerpt.reduce((sum, { length }) => sum + length, 1_000),
  });

  constructor(
    private readonly access: Access,
    private readonly missing: MissingPart,
  ) {}

  async read(
    clusterName: string,
    ref: AttemptRef,
    credentials: BackstageCredentials,
  ): Promise<TaskError> {
    const { dagId, runId, taskId, mapIndex, tryNumber } = ref;
    const cluster = await this.access.dag(
      { cluster: clusterName, dagId },
      airflowLogReadPermission,
      credentials,
    );
    const { name, client } = cluster;
    const key = [name, dagId, runId, taskId, `${mapIndex}`, `${tryNumber}`];
    return orMissing(
      this.errors.get(key, () => search(client, ref)),
      () => this.missing.ofTask(cluster, ref, missingTry(name, ref)),
    );
  }

  /** After an action, another attempt may go by the same number. */
  forget(cluster: string, dagId: string): void {
    this.errors.forget([cluster, dagId]);
  }
}

/** Reads the log of an attempt as it streams by, holding no more than what is shown. */
async function search(
  client: Pick<AirflowClient, 'taskLog'>,
  ref: AttemptRef,
): Promise<Fetched<TaskError>> {
  const signal = AbortSignal.timeout(LONGEST_MS);
  const error = new ErrorExcerpt();
  let hasBegun = false;
  let isWhole = true;
  try {
    const entries = client.taskLog(ref, ref.tryNumber, { signal });
    for await (const entry of entries) {
      error.add(entry);
      hasBegun = true;
    }
  } catch (problem) {
    const hasBroken = hasBegun && problem instanceof AirflowError;
    if (!hasBroken && !signal.aborted) throw problem;
    isWhole = false;
  }
  const value = { ...error.result(), isWhole };
  // A log may be stored a while after its task has ended; one that is too long stays so.
  const isKnown = signal.aborted || (isWhole && value.exception !== null);
  return { value, keepMs: isKnown ? KNOWN_MS : SETTLED_MS };
}
