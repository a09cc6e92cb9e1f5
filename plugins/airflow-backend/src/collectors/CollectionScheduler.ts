import {
  collectionKinds,
  type CollectionKind,
  type Problem,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  AirflowError,
  askingForNobody,
  BusyError,
  type CallOptions,
} from '../airflow';
import type { ClusterRegistry, RegisteredCluster } from '../clusters';
import { collected } from '../model/collected';
import type { CollectionStore } from '../store';
import type { Collected, Collector } from './types';

export interface CollectionSchedulerOptions {
  registry: ClusterRegistry;
  collectors: Record<CollectionKind, Collector>;
  collections: CollectionStore;
  scheduler: SchedulerService;
  logger: LoggerService;
  intervalsMs: Record<CollectionKind, number>;
  /** Called after each reading, well or not; what goes wrong there breaks no reading. */
  onRead: (cluster: string) => Promise<void>;
}

/** The first readings are spread over this long, so that a large fleet does not start with a stampede. */
const START_SPREAD_MS = 5_000;

/** Reads every cluster again and again, each on its own. */
export class CollectionScheduler {
  private readonly reading = new Map<string, Promise<void>>();
  /** The readings that this backend has begun once. */
  private readonly begun = new Set<string>();
  /** By reading; so that the log tells of changes and not of every failed attempt. */
  private readonly lastProblems = new Map<string, Problem>();

  constructor(private readonly options: CollectionSchedulerOptions) {}

  /** Has every kind of fact of every cluster read at its interval, by one replica of the portal at a time. */
  async start(): Promise<void> {
    const { registry, scheduler, intervalsMs } = this.options;
    const readings = registry
      .list()
      .flatMap(cluster => collectionKinds.map(kind => ({ cluster, kind })));
    for (const [i, { cluster, kind }] of readings.entries()) {
      await scheduler.scheduleTask({
        id: `airflow-${kind}-${cluster.name}`,
        scope: 'global',
        frequency: { milliseconds: intervalsMs[kind] },
        timeout: { milliseconds: longestMs(cluster, kind) },
        initialDelay: {
          milliseconds: Math.round((i / readings.length) * START_SPREAD_MS),
        },
        fn: signal => this.readWhenDue(cluster, kind, signal),
      });
    }
  }

  /**
   * Reads a cluster now and returns when it is read; what went wrong is recorded with the collections, not thrown.
   * Those who ask while it is being read share one reading.
   *
   * @throws NotFoundError when there is no such cluster
   */
  async refresh(name: string, kinds: readonly CollectionKind[]): Promise<void> {
    const cluster = this.options.registry.get(name);
    if (!cluster) throw new NotFoundError(`There is no cluster ${name}`);
    // A reading is the same whoever wants it, and serves everybody.
    await askingForNobody(() =>
      Promise.all(kinds.map(kind => this.read(cluster, kind, { force: true }))),
    );
  }

  /**
   * Leaves alone what refused the portal's credentials until they are to be tried again, whichever replica tried them,
   * and no longer once any was let in. With the start of a backend they may be new.
   */
  private async readWhenDue(
    cluster: RegisteredCluster,
    kind: CollectionKind,
    signal: AbortSignal,
  ): Promise<void> {
    const key = readingKey(cluster, kind);
    const pauses = await this.options.collections.pauses(cluster.name);
    const pause = pauses.get(kind);
    if (pause && Date.now() < pause.untilMs && this.begun.has(key)) {
      // Alerts that come with time alone go on, and that this cluster is configured is known by that.
      await this.announceReading(cluster);
      return;
    }
    this.begun.add(key);
    await this.read(cluster, kind, {
      signal,
      force: pauses.size === 0,
      pausedMs: pause?.lengthMs,
    });
  }

  private read(
    cluster: RegisteredCluster,
    kind: CollectionKind,
    call: Omit<CallOptions, 'onRequest'>,
  ): Promise<void> {
    const key = readingKey(cluster, kind);
    const present = this.reading.get(key);
    if (present) return present;
    const reading = this.readAndRecord(cluster, kind, call).finally(() =>
      this.reading.delete(key),
    );
    this.reading.set(key, reading);
    return reading;
  }

  private async readAndRecord(
    cluster: RegisteredCluster,
    kind: CollectionKind,
    call: Omit<CallOptions, 'onRequest'>,
  ): Promise<void> {
    const startedAt = new Date();
    let requests = 0;
    const outcome = await this.collect(cluster, kind, {
      ...call,
      onRequest: () => {
        requests += 1;
      },
    });
    if (outcome) {
      await this.options.collections.record(cluster.name, {
        kind,
        startedAt,
        durationMs: Date.now() - startedAt.getTime(),
        requests,
        ...outcome,
      });
      this.logChange(readingKey(cluster, kind), outcome.problem);
    }
    await this.announceReading(cluster);
  }

  private async announceReading({ name }: RegisteredCluster): Promise<void> {
    try {
      await this.options.onRead(name);
    } catch (error) {
      this.options.logger.error(
        `What follows a reading of cluster ${name} failed`,
        error instanceof Error ? error : undefined,
      );
    }
  }

  /** Undefined where the portal itself held it back, of which nothing follows about the cluster. */
  private async collect(
    cluster: RegisteredCluster,
    kind: CollectionKind,
    call: CallOptions,
  ): Promise<Collected | undefined> {
    try {
      return await this.options.collectors[kind](cluster, call);
    } catch (error) {
      if (error instanceof BusyError) {
        this.options.logger.warn(
          `Did not read the ${kind} of cluster ${cluster.name}: ${error.message}`,
        );
        return undefined;
      }
      return {
        skippedRows: 0,
        complete: false,
        problem: this.toProblem(error, cluster, kind, call.signal),
      };
    }
  }

  private toProblem(
    error: unknown,
    cluster: RegisteredCluster,
    kind: CollectionKind,
    signal: AbortSignal | undefined,
  ): Problem {
    if (error instanceof AirflowError) {
      // Why the cluster is left alone says more than that it is.
      const before = this.lastProblems.get(readingKey(cluster, kind));
      return error.code === 'circuit-open' &&
        before &&
        before.code !== 'circuit-open'
        ? before
        : error.toProblem();
    }
    if (signal?.aborted) {
      return {
        code: 'timeout',
        cluster: cluster.name,
        message: `Reading the ${kind} of cluster ${cluster.name} was cut off`,
        hint: 'It goes on with the next reading; where this stays so, raise limits.maxInFlight of the cluster',
      };
    }
    this.options.logger.error(
      `Reading the ${kind} of cluster ${cluster.name} failed within the portal`,
      error instanceof Error ? error : undefined,
    );
    return {
      code: 'internal',
      cluster: cluster.name,
      message: `The portal could not keep the ${kind} of cluster ${cluster.name}`,
      hint: "The backend's log says more",
    };
  }

  private logChange(what: string, problem: Problem | null): void {
    const before = this.lastProblems.get(what);
    if (problem) {
      if (before?.code !== problem.code) {
        this.options.logger.warn(
          `Could not read the ${what}: ${problem.message}. ${
            problem.hint ?? ''
          }`,
        );
      }
      this.lastProblems.set(what, problem);
    } else if (before) {
      this.options.logger.info(`Reading the ${what} works again`);
      this.lastProblems.delete(what);
    }
  }
}

function readingKey(cluster: RegisteredCluster, kind: CollectionKind): string {
  return `${kind} of ${cluster.name}`;
}

function longestMs(
  { limits }: RegisteredCluster,
  kind: CollectionKind,
): number {
  const { longestMs: usual, timeouts = 0 } = collected[kind];
  return Math.max(usual, timeouts * limits.timeoutMs);
}
