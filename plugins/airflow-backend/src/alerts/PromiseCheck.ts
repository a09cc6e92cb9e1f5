import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import { AirflowError, BusyError, type AirflowClient } from '../airflow';
import { dags } from '../airflow/areas/dags';
import { runs } from '../airflow/areas/runs';
import type { DagStore, RunStore } from '../store';
import type { ClusterFacts } from '../model/clusterFacts';
import type { StoredAlert } from '../model/storedAlerts';
import type { Finding } from '../rules';

/** So many DAGs are asked about at one evaluation; the others at the next ones. */
const MOST_DAGS = 10;
/** For one DAG. */
const LONGEST_MS = 5_000;
/** Then it is told, though Airflow did not answer about the DAG. */
const MOST_TRIES = 3;
const REMEMBERED = 5_000;

/** The part of a client that is asked. */
type CheckClient = Pick<AirflowClient, 'cluster' | 'ask' | 'read'>;

/**
 * Asks Airflow itself once more before it is told that a run did not come: it may have come since runs were last read,
 * and the DAG may have been paused or rescheduled since the last inventory. What it answers is stored, so that
 * everything agrees.
 */
export class PromiseCheck {
  private readonly tries = new LRUCache<string, number>({ max: REMEMBERED });

  constructor(
    private readonly stores: { dags: DagStore; runs: RunStore },
    private readonly logger: LoggerService,
  ) {}

  /** The findings that are not to be told before Airflow was asked. */
  doubtful(
    facts: ClusterFacts,
    findings: readonly Finding[],
    alerts: readonly StoredAlert[],
  ): Finding[] {
    if (isCauseKnown(facts)) return [];
    const open = new Set(
      alerts
        .filter(({ status }) => status !== 'resolved')
        .map(({ fingerprint }) => fingerprint),
    );
    return findings.filter(
      finding =>
        finding.ruleType === 'run-missed' &&
        !open.has(finding.fingerprint) &&
        (this.tries.get(keyOf(finding)) ?? 0) < MOST_TRIES,
    );
  }

  /** @returns whether something was stored, so that facts are to be read again */
  async ask(
    client: CheckClient,
    doubtful: readonly Finding[],
  ): Promise<boolean> {
    const asked = await Promise.all(
      doubtful
        .slice(0, MOST_DAGS)
        .map(finding => this.askAbout(client, finding)),
    );
    return asked.includes(true);
  }

  private async askAbout(
    client: CheckClient,
    finding: Finding,
  ): Promise<boolean> {
    const { subject } = finding;
    if (subject.kind !== 'dag') return false;
    const key = keyOf(finding);
    const signal = AbortSignal.timeout(LONGEST_MS);
    try {
      await this.readDag(client, subject.dagId, signal);
      this.tries.set(key, MOST_TRIES);
      return true;
    } catch (error) {
      const isKnown =
        error instanceof AirflowError || error instanceof BusyError;
      if (!isKnown && !signal.aborted) throw error;
      this.tries.set(key, (this.tries.get(key) ?? 0) + 1);
      this.logger.debug(
        `Could not ask ${client.cluster} once more about ${subject.dagId}`,
      );
      return false;
    }
  }

  private async readDag(
    client: CheckClient,
    dagId: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { stores } = this;
    const readAt = new Date();
    const call = { signal };
    const dag = await client.ask(dags, area => area.get(dagId), call);
    await stores.dags.save(client.cluster, [dag], readAt);
    if (dag.paused) return;
    const pages = client.read(runs, area => area.list({ dagId }), call);
    for await (const page of pages) {
      await stores.runs.save(client.cluster, page.items, readAt);
      // The newest are enough.
      return;
    }
  }
}

/** One cause is told for all that comes of it. */
function isCauseKnown({ components }: ClusterFacts): boolean {
  return components.some(
    ({ name, status }) =>
      (name === 'scheduler' || name === 'metadatabase') &&
      status === 'unhealthy',
  );
}

function keyOf({ fingerprint, since }: Finding): string {
  return JSON.stringify([fingerprint, since]);
}
