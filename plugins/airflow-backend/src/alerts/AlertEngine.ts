import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterRegistry, RegisteredCluster } from '../clusters';
import type { AlertFactStore, AlertStore, PastAlerts } from '../store';
import type { AlertRecorder } from './AlertRecorder';
import { decide, REOPEN_MS } from './decide';
import type { FailureReader } from './failures';
import { findAll, proofOf } from './rules';
import type { ClusterFacts, Failures, Finding, Rule } from './types';

export interface AlertEngineOptions {
  registry: ClusterRegistry;
  rules: readonly Rule[];
  stores: { alerts: AlertStore; alertFacts: AlertFactStore };
  failures: FailureReader;
  recorder: AlertRecorder;
  logger: LoggerService;
}

/** What one evaluation found before it decides. */
interface Look {
  /** The evaluation before it. */
  last: number | null;
  facts: ClusterFacts;
  findings: Finding[];
  past: PastAlerts;
  failures: Failures;
}

/** Another replica may decide meanwhile; then all is looked at again. */
const MOST_LOOKS = 3;

/** Looks at what is stored of clusters, and decides what becomes of their alerts. */
export class AlertEngine {
  private readonly running = new Map<string, Promise<void>>();
  private readonly next = new Map<string, Promise<void>>();

  constructor(private readonly options: AlertEngineOptions) {}

  /**
   * Decides about the alerts of a cluster, on what is stored from now on. Those who ask while it is being decided share
   * the evaluation that comes after.
   */
  evaluate(name: string): Promise<void> {
    const present = this.running.get(name);
    if (!present) return this.begin(name);
    const next =
      this.next.get(name) ??
      present
        .catch(() => undefined)
        .then(() => {
          this.next.delete(name);
          return this.begin(name);
        });
    this.next.set(name, next);
    return next;
  }

  /** Decides about all clusters; the trouble of one stays its own. */
  async evaluateAll(): Promise<void> {
    const { registry, logger } = this.options;
    for (const { name } of registry.list()) {
      try {
        await this.evaluate(name);
      } catch (error) {
        logger.error(
          `Could not decide about the alerts of cluster ${name}`,
          error instanceof Error ? error : undefined,
        );
      }
    }
  }

  private begin(name: string): Promise<void> {
    const evaluation = this.evaluateNow(name).finally(() =>
      this.running.delete(name),
    );
    this.running.set(name, evaluation);
    return evaluation;
  }

  private async evaluateNow(name: string): Promise<void> {
    const cluster = this.options.registry.get(name);
    if (!cluster) return;
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      const look = await this.look(cluster);
      if (await this.decideOn(look)) return;
    }
    this.options.logger.debug(
      `Other replicas decide about the alerts of cluster ${name} already`,
    );
  }

  private async look(cluster: RegisteredCluster): Promise<Look> {
    const { rules, stores, failures } = this.options;
    const { name, title, environment, owner } = cluster;
    const last = await stores.alerts.lastEvaluation(name);
    const now = new Date();
    const facts = await stores.alertFacts.read(
      { name, title, environment, owner },
      { now, everyDag: rules.some(({ type }) => type === 'no-success') },
    );
    const findings = findAll(facts, rules);
    const past = {
      fingerprints: findings.map(({ fingerprint }) => fingerprint),
      resolvedSince: new Date(now.getTime() - REOPEN_MS),
    };
    const alerts = await stores.alerts.readForDecision(name, past);
    return {
      last,
      facts,
      findings,
      past,
      failures: await failures.read(cluster.client, findings, alerts),
    };
  }

  /** @returns false when somebody decided since the look, perhaps on newer facts */
  private async decideOn(look: Look): Promise<boolean> {
    const { rules, stores, recorder } = this.options;
    const { last, facts, findings, past, failures } = look;
    const { name } = facts.cluster;
    const decided = await recorder.record(async trx => {
      const now = new Date();
      const isFirst = await stores.alerts.beginEvaluation(trx, name, {
        last,
        now,
      });
      if (!isFirst) return undefined;
      return decide({
        alerts: await stores.alerts.lockForDecision(trx, name, past),
        findings,
        proofOf: alert => proofOf(alert, facts, rules),
        failures,
        hasImportErrors: dagId =>
          facts.dags.get(dagId)?.hasImportErrors ?? false,
        now,
        newId: randomUUID,
      });
    });
    return decided !== undefined;
  }
}
