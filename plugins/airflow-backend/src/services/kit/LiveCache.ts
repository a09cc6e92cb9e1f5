import type {
  Activity,
  Asset,
  AssetEvent,
  Backfill,
  DagDetails,
  DagRunDetails,
  DagSource,
  DagStructure,
  DagVersion,
  HumanInput,
  Pool,
  TaskError,
  TaskFacts,
  TaskSummary,
  TaskValue,
  WaitReason,
  XCom,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { RawTaskDetails } from '../../airflow/areas/taskDetails';
import type { Answer } from './asked';
import { LiveKind } from './LiveKind';

/** Everything that is fetched live, by its kind. */
export type LiveCache = ReturnType<typeof createLiveCache>;

/** How much is kept of each kind is counted in what takes the room: answers, rows of lists, or characters. */
export function createLiveCache() {
  const kinds = {
    pools: answers<Pool[]>(1_000),
    packages: answers<Answer<'listPackages'>>(1_000),
    activity: answers<Activity[]>(200),

    details: answers<DagDetails>(1_000),
    backfills: answers<Backfill[]>(1_000),
    code: characters<DagSource>(50_000_000, ({ code }) => code.length + 1),
    versions: rows<DagVersion[]>(100_000, items => items),
    assets: rows<Asset[]>(50_000, items => items),
    assetEvents: rows<AssetEvent[]>(50_000, items => items),
    structures: rows<DagStructure>(50_000, of => of.tasks),
    statistics: rows<Answer<'getTaskStatistics'>>(50_000, of => of.items),

    runs: answers<DagRunDetails>(2_000),
    /** A summary takes less than 200 bytes. */
    summaries: rows<{ runId: string; tasks: TaskSummary[] }>(
      200_000,
      of => of.tasks,
    ),
    humanInputs: rows<HumanInput[]>(1_000, items => items),

    /** A task instance takes about half a kilobyte. */
    tasks: rows<Answer<'listTaskInstances'>>(100_000, of => of.items),
    tries: rows<Omit<Answer<'listTaskTries'>, 'webUrl'>>(
      100_000,
      of => of.items,
    ),
    taskDetails: characters<RawTaskDetails>(10_000_000, ({ rendered }) =>
      rendered.reduce((sum, { value }) => sum + value.text.length, 1_000),
    ),
    links: rows<NonNullable<TaskFacts['links']>>(10_000, items => items),
    waitReasons: rows<WaitReason[]>(10_000, items => items),
    xcoms: rows<XCom[]>(100_000, items => items),
    xcomValues: characters<TaskValue>(
      10_000_000,
      ({ text }) => text.length + 100,
    ),
    /** Each holds forty lines at most. */
    errors: answers<{ readonly result: TaskError }>(1_000),
  };
  return {
    ...kinds,
    /** After something was done to a DAG, nothing that was fetched of it holds, and nothing that is being fetched. */
    forget(cluster: string, dagId: string): void {
      for (const kind of Object.values(kinds)) kind.forget([cluster, dagId]);
    },
  };
}

function answers<T extends object>(maxSize: number): LiveKind<T> {
  return new LiveKind({ maxSize, sizeOf: () => 1 });
}

function rows<T extends object>(
  maxSize: number,
  rowsOf: (value: T) => readonly unknown[],
): LiveKind<T> {
  return new LiveKind({ maxSize, sizeOf: value => rowsOf(value).length + 1 });
}

function characters<T extends object>(
  maxSize: number,
  sizeOf: (value: T) => number,
): LiveKind<T> {
  return new LiveKind({ maxSize, sizeOf });
}
