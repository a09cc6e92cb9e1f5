import type {
  AlertFailure,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import { AirflowError, type AirflowClient } from '../airflow';
import { ErrorExcerpt } from '../insights/errorExcerpt';
import { newFindings } from './decide';
import type { Failures, Finding, StoredAlert } from './types';

/** So many failed runs are looked into at one evaluation; the others at the next ones. */
const MOST_RUNS = 10;
/** For one run; what is not there by then is left out. */
const LONGEST_MS = 5_000;
/** A run that could not be looked into is tried so often. */
const MOST_TRIES = 3;
const REMEMBERED_RUNS = 5_000;

/** The part of a client that failures are read through. */
type FailureClient = Pick<
  AirflowClient,
  'cluster' | 'taskInstances' | 'taskLog'
>;

/** Finds out why runs failed, from the Airflow that ran them. It may find nothing: an alert must not wait for it. */
export class FailureReader {
  private readonly tries = new LRUCache<string, number>({
    max: REMEMBERED_RUNS,
  });

  constructor(private readonly logger: LoggerService) {}

  /**
   * Looks into the failed runs of findings that say something new, and of open alerts that are not explained yet.
   *
   * @param alerts - those that a decision about the findings rests on
   */
  async read(
    client: FailureClient,
    findings: readonly Finding[],
    alerts: readonly StoredAlert[],
  ): Promise<Failures> {
    const failedRuns = toFailedRuns(unexplained(findings, alerts))
      .filter(({ key }) => (this.tries.get(key) ?? 0) < MOST_TRIES)
      .slice(0, MOST_RUNS);
    const found = new Map<string, AlertFailure>();
    await Promise.all(
      failedRuns.map(async ({ key, dagId, runId, fingerprints }) => {
        this.tries.set(key, (this.tries.get(key) ?? 0) + 1);
        const failure = await this.readOne(client, dagId, runId);
        if (!failure) return;
        for (const fingerprint of fingerprints) found.set(fingerprint, failure);
      }),
    );
    return found;
  }

  private async readOne(
    client: FailureClient,
    dagId: string,
    runId: string,
  ): Promise<AlertFailure | undefined> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    try {
      return await readFailure(client, dagId, runId, signal);
    } catch (error) {
      if (!(error instanceof AirflowError) && !signal.aborted) throw error;
      this.logger.debug(
        `Could not find out why run ${runId} of ${dagId} on ${client.cluster} failed`,
      );
      return undefined;
    }
  }
}

function unexplained(
  findings: readonly Finding[],
  alerts: readonly StoredAlert[],
): Finding[] {
  const fresh = new Set(newFindings({ alerts, findings }));
  const open = new Set(
    alerts
      .filter(({ status, failure }) => status !== 'resolved' && !failure)
      .map(({ fingerprint }) => fingerprint),
  );
  return findings.filter(
    finding => fresh.has(finding) || open.has(finding.fingerprint),
  );
}

interface FailedRun {
  key: string;
  dagId: string;
  runId: string;
  /** Several rules may find the same run. */
  fingerprints: string[];
}

function toFailedRuns(findings: readonly Finding[]): FailedRun[] {
  const runs = new Map<string, FailedRun>();
  for (const { subject, runId, occurrence, fingerprint } of findings) {
    if (runId === null || subject.kind !== 'dag') continue;
    const { cluster, dagId } = subject;
    const key = JSON.stringify([cluster, dagId, runId, occurrence]);
    const run = runs.get(key) ?? { key, dagId, runId, fingerprints: [] };
    run.fingerprints.push(fingerprint);
    runs.set(key, run);
  }
  return [...runs.values()];
}

/** The first task that failed in a run, with the error in its log; undefined when no task did. */
export async function readFailure(
  client: FailureClient,
  dagId: string,
  runId: string,
  signal: AbortSignal,
): Promise<AlertFailure | undefined> {
  let first: TaskInstance | undefined;
  for await (const { items } of client.taskInstances(dagId, runId, {
    signal,
  })) {
    for (const task of items) {
      if (task.state === 'failed' && (!first || endedBefore(task, first))) {
        first = task;
      }
    }
  }
  if (!first) return undefined;
  const { taskId, mapIndex, tryNumber } = first;
  return {
    runId,
    taskId,
    mapIndex,
    tryNumber,
    ...(await readError(client, first, signal)),
  };
}

/** Without its log the task is still worth naming. */
async function readError(
  client: FailureClient,
  task: TaskInstance,
  signal: AbortSignal,
): Promise<Pick<AlertFailure, 'exception' | 'excerpt'>> {
  const error = new ErrorExcerpt();
  try {
    for await (const entry of client.taskLog(task, task.tryNumber, {
      signal,
    })) {
      error.add(entry);
    }
  } catch (problem) {
    if (!(problem instanceof AirflowError) && !signal.aborted) throw problem;
    return { exception: null, excerpt: [] };
  }
  const { exception, excerpt } = error.result();
  return { exception, excerpt };
}

function endedBefore(a: TaskInstance, b: TaskInstance): boolean {
  const endOf = ({ endedAt }: TaskInstance) =>
    endedAt === null ? Infinity : Date.parse(endedAt);
  return endOf(a) < endOf(b);
}
