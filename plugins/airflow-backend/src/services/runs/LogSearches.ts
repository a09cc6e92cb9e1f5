import type { TaskError } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowLimits } from '../../airflow';
import type { LiveCache } from '../kit/LiveCache';
import { SETTLED_MS, type Fetched, type LiveKey } from '../kit/LiveKind';
import { LogSearch, type AttemptRef, type LogClient } from './LogSearch';

/** What an attempt died of does not change any more. */
const KNOWN_MS = 10 * 60_000;
/**
 * So many long logs of a cluster are read on at once: each takes one of the requests that may be open at the same time,
 * of which one at least stays for everything else.
 */
export const MOST_LONG = 2;

/** A cluster, as far as its logs are read. */
interface SearchedCluster {
  name: string;
  client: LogClient;
  limits: Pick<AirflowLimits, 'maxInFlight'>;
}

/** Searches each log once, however many ask; a long one goes on while they have their answer. */
export class LogSearches {
  /** How many long ones go on, by cluster. */
  private readonly long = new Map<string, number>();

  constructor(private readonly live: Pick<LiveCache, 'errors'>) {}

  /** Answers soon; while a long log is still read, with what is known so far. */
  async of(cluster: SearchedCluster, ref: AttemptRef): Promise<TaskError> {
    const { name, client } = cluster;
    const { dagId, runId, taskId, mapIndex, tryNumber } = ref;
    const task = [name, dagId, runId, taskId] as const;
    const key: LiveKey = [...task, `${mapIndex}`, `${tryNumber}`];
    const search = await this.live.errors.get(key, async () => {
      const value = new LogSearch(client, ref);
      await value.patiently();
      return value.result.isReading
        ? this.goOn(cluster, value, () => this.live.errors.forget(key))
        : { value, keepMs: keepMs(value.result) };
    });
    return search.result;
  }

  /** What took so long to read is not read again soon, unless nothing came of it. */
  private async goOn(
    { name, limits }: SearchedCluster,
    value: LogSearch,
    forget: () => void,
  ): Promise<Fetched<LogSearch>> {
    const others = this.long.get(name) ?? 0;
    if (others >= Math.min(MOST_LONG, limits.maxInFlight - 1)) {
      await value.leave();
      return { value, keepMs: SETTLED_MS };
    }
    this.long.set(name, others + 1);
    value.ended
      .catch(forget)
      .finally(() => this.long.set(name, (this.long.get(name) ?? 1) - 1));
    return { value, keepMs: KNOWN_MS };
  }
}

/** A log may be stored a while after its task has ended. */
function keepMs({ isWhole, exception }: TaskError): number {
  return isWhole && exception !== null ? KNOWN_MS : SETTLED_MS;
}
