import type {
  TaskFacts,
  TaskInstance,
  TaskValue,
  XCom,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { AirflowError, type TaskInstanceRef } from '../../airflow';
import {
  taskDetails,
  type RawTaskDetails,
} from '../../airflow/areas/taskDetails';
import { tasks } from '../../airflow/areas/tasks';
import { xcoms } from '../../airflow/areas/xcoms';
import type { RegisteredCluster } from '../../clusters';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { CHANGING_MS, type LiveKey } from '../kit/LiveKind';
import { isSettled } from '../kit/settled';
import { missingXCom, unaddressableXCom } from '../kit/missing';
import type { ProblemError } from '../kit/ProblemError';
import { orMissing, type MissingPart } from '../kit/MissingPart';

/** Somebody who looks at tasks goes to and fro between them; a task that is done does not change by itself. */
const KEPT_MS = 10_000;

/** What callers may read of one task instance: how it is queued, why it waits, what it was given and what it left. */
export class TaskDetailsService {
  constructor(
    private readonly missing: MissingPart,
    private readonly live: LiveCache,
  ) {}

  async facts({
    cluster,
    params,
    query,
  }: Asked<'getTaskFacts'>): Promise<TaskFacts> {
    const ref = refOf(params, query);
    const [{ rendered: _, instance: __, ...facts }, links] = await Promise.all([
      this.detailsOf(cluster, ref),
      this.linksOf(cluster, ref),
    ]);
    return { ...facts, links };
  }

  /** How a task instance is, out of the one answer that tells the rest of it too. */
  async instance(
    cluster: RegisteredCluster,
    ref: TaskInstanceRef,
  ): Promise<TaskInstance> {
    const { instance } = await this.details(cluster, ref);
    return instance;
  }

  async waitReasons({
    cluster,
    params,
    query,
  }: Asked<'listWaitReasons'>): Promise<Answer<'listWaitReasons'>> {
    const ref = refOf(params, query);
    const { name, client } = cluster;
    const items = await orMissing(
      this.live.waitReasons.get(keyOf(name, ref), async () => ({
        value: await client.ask(taskDetails, area => area.waitReasons(ref)),
        keepMs: CHANGING_MS,
      })),
      () => this.missing.ofTask(cluster, ref),
    );
    return { items };
  }

  async rendered({
    cluster,
    params,
    query,
  }: Asked<'listRenderedFields'>): Promise<Answer<'listRenderedFields'>> {
    const details = await this.detailsOf(cluster, refOf(params, query));
    const { rendered: items } = details;
    return { items };
  }

  async xcoms({
    cluster,
    params,
    query,
  }: Asked<'listXComs'>): Promise<Answer<'listXComs'>> {
    const ref = refOf(params, query);
    const items = await orMissing(
      this.live.xcoms.get(keyOf(cluster.name, ref), async () => ({
        value: await listXComs(cluster, ref),
        keepMs: CHANGING_MS,
      })),
      () => this.missing.ofTask(cluster, ref),
    );
    return { items };
  }

  async xcom({
    cluster,
    params,
    query: { key, ...query },
  }: Asked<'getXCom'>): Promise<TaskValue> {
    const ref = refOf(params, query);
    const { name, client } = cluster;
    return orMissing(
      this.live.xcomValues.get([...keyOf(name, ref), key], async () => ({
        value: await client.ask(xcoms, area => area.value(ref, key)),
        keepMs: CHANGING_MS,
      })),
      () => this.missingXCom(cluster, ref, key),
    );
  }

  /** A key that Airflow lists is there, whatever it answers when it is asked for it. */
  private async missingXCom(
    cluster: RegisteredCluster,
    ref: TaskInstanceRef,
    key: string,
  ): Promise<ProblemError> {
    const { name, client } = cluster;
    const absent = missingXCom(name, ref, key);
    const details = await this.missing.ofTask(cluster, ref, absent);
    if (details !== absent) return details;
    const keys = await this.live.xcoms.get(keyOf(name, ref), async () => ({
      value: await listXComs(cluster, ref),
      keepMs: CHANGING_MS,
    }));
    return keys.some(listed => listed.key === key)
      ? unaddressableXCom(name, ref, key, client.webUrl(ref))
      : absent;
  }

  private detailsOf(
    cluster: RegisteredCluster,
    ref: TaskInstanceRef,
  ): Promise<RawTaskDetails> {
    return orMissing(this.details(cluster, ref), () =>
      this.missing.ofTask(cluster, ref),
    );
  }

  private details(
    { name, client }: RegisteredCluster,
    ref: TaskInstanceRef,
  ): Promise<RawTaskDetails> {
    return this.live.taskDetails.get(keyOf(name, ref), async () => {
      const value = await client.ask(taskDetails, area => area.get(ref));
      return { value, keepMs: keepMs(value) };
    });
  }

  /** An operator makes its links itself, and may fail at it. */
  private async linksOf(
    cluster: RegisteredCluster,
    ref: TaskInstanceRef,
  ): Promise<TaskFacts['links']> {
    const { name, client } = cluster;
    try {
      return await this.live.links.get(keyOf(name, ref), async () => {
        const [details, task] = await Promise.all([
          client.ask(taskDetails, area => area.links(ref)),
          this.details(cluster, ref),
        ]);
        const base = client.webUrl({});
        return {
          value: details.flatMap(({ name: text, url }) => {
            const safe = webAddress(url, base);
            return safe ? [{ name: text, url: safe }] : [];
          }),
          keepMs: keepMs(task),
        };
      });
    } catch (error) {
      if (!(error instanceof AirflowError)) throw error;
      return null;
    }
  }
}

async function listXComs(
  { client }: RegisteredCluster,
  ref: TaskInstanceRef,
): Promise<XCom[]> {
  const listed: XCom[] = [];
  const pages = client.read(xcoms, area => area.list(ref));
  for await (const page of pages) {
    for (const { mapIndex, ...xcom } of page.items) {
      if (mapIndex === ref.mapIndex) listed.push(xcom);
    }
  }
  // Of a task that there is not, Airflow lists none either; asking for the task tells.
  if (listed.length === 0) await client.ask(tasks, area => area.get(ref));
  return listed;
}

function keepMs({ instance }: RawTaskDetails): number {
  return isSettled(instance) ? KEPT_MS : CHANGING_MS;
}

function refOf(
  { dagId, runId, taskId }: Asked<'getTaskFacts'>['params'],
  { mapIndex }: { mapIndex: number },
): TaskInstanceRef {
  return { dagId, runId, taskId, mapIndex };
}

function keyOf(cluster: string, ref: TaskInstanceRef): LiveKey {
  const { dagId, runId, taskId, mapIndex } = ref;
  return [cluster, dagId, runId, taskId, String(mapIndex)];
}

/** A link is written by a DAG's author; only addresses of the web may be followed from the portal. */
function webAddress(url: string, base: string): string | undefined {
  try {
    const read = new URL(url, base);
    return ['http:', 'https:'].includes(read.protocol) ? read.href : undefined;
  } catch {
    return undefined;
  }
}
