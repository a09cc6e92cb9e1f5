import type {
  LogEntry,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { AirflowError, type Page } from '../../airflow';
import { taskLogs } from '../../airflow/areas/taskLogs';
import { tasks } from '../../airflow/areas/tasks';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { CHANGING_MS, SETTLED_MS } from '../kit/LiveKind';
import { mappedPage } from '../kit/mapped';
import { missingTask, missingTry } from '../kit/missing';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import { isSettled } from '../kit/settled';
import type { TaskDetailsService } from './TaskDetailsService';

type TaskList = Answer<'listTaskInstances'>;
type TryList = Answer<'listTaskTries'>;

/** What callers may read of task instances, live from Airflow. */
export class TaskService {
  constructor(
    private readonly missing: MissingPart,
    private readonly details: TaskDetailsService,
    private readonly live: LiveCache,
  ) {}

  async list({
    cluster,
    params: { dagId, runId },
  }: Pick<
    Asked<'listTaskInstances'>,
    'cluster' | 'params'
  >): Promise<TaskList> {
    const { name, client } = cluster;
    return orMissing(
      this.live.tasks.get([name, dagId, runId], async () => {
        const value = await gather(
          client.read(tasks, area => area.ofRun({ dagId, runId })),
        );
        return { value, keepMs: keepMs(value.items) };
      }),
      () => this.missing.ofRun(cluster, dagId, runId),
    );
  }

  /** Out of the run's list, which its page has read anyway. */
  async listMapped({
    cluster,
    params,
    query,
  }: Asked<'listMappedInstances'>): Promise<Answer<'listMappedInstances'>> {
    const { items } = await this.list({ cluster, params });
    const own = items.filter(task => task.taskId === params.taskId);
    if (own.length === 0) {
      throw missingTask(cluster.name, { ...params, mapIndex: -1 });
    }
    return mappedPage(
      own.filter(({ mapIndex }) => mapIndex >= 0),
      query,
    );
  }

  async listTries({
    cluster,
    params,
    query: { mapIndex },
  }: Asked<'listTaskTries'>): Promise<TryList> {
    const { dagId, runId, taskId } = params;
    const ref = { dagId, runId, taskId, mapIndex };
    const { name, client } = cluster;
    const key = [name, dagId, runId, taskId, String(mapIndex)] as const;
    const found = await orMissing(
      this.live.tries.get(key, async () => {
        const [instance, items] = await Promise.all([
          this.details.instance(cluster, ref),
          client.ask(tasks, area => area.tries(ref)),
        ]);
        return { value: { instance, items }, keepMs: keepMs([instance]) };
      }),
      () => this.missing.ofTask(cluster, ref),
    );
    return { ...found, webUrl: client.webUrl(ref) };
  }

  /**
   * The log of one attempt. What can be refused is refused before the first entry; what breaks later ends as a
   * notice in the stream.
   */
  async log({
    cluster,
    params: { dagId, runId, taskId },
    query: { mapIndex, try: tryNumber },
  }: Asked<'streamTaskLog'>): Promise<AsyncIterable<LogEntry>> {
    const ref = { dagId, runId, taskId, mapIndex, tryNumber };
    const entries = cluster.client.read(taskLogs, area =>
      area.read(ref, tryNumber),
    );
    const first = await orMissing(entries.next(), () =>
      this.missing.ofTask(cluster, ref, missingTry(cluster.name, ref)),
    );
    return resumed(first, entries);
  }
}

async function gather(
  pages: AsyncIterable<Page<TaskInstance>>,
): Promise<TaskList> {
  const items: TaskInstance[] = [];
  let skippedRows = 0;
  let skippedWhy: string | undefined;
  for await (const page of pages) {
    items.push(...page.items);
    skippedRows += page.skipped;
    skippedWhy ??= page.why;
  }
  return { items, skippedRows, ...(skippedWhy && { skippedWhy }) };
}

async function* resumed(
  first: IteratorResult<LogEntry>,
  rest: AsyncGenerator<LogEntry>,
): AsyncGenerator<LogEntry> {
  if (first.done) return;
  yield first.value;
  try {
    yield* rest;
  } catch (error) {
    if (!(error instanceof AirflowError)) throw error;
    yield {
      kind: 'notice',
      level: 'error',
      text: `The log ends here: ${error.message}`,
    };
  }
}

function keepMs(instances: readonly TaskInstance[]): number {
  return instances.length > 0 && instances.every(isSettled)
    ? SETTLED_MS
    : CHANGING_MS;
}
