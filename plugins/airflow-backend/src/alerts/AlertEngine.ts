import { randomUUID } from 'node:crypto';
import type { CollectionKind } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterRegistry, RegisteredCluster } from '../clusters';
import type {
  AlertFactStore,
  AlertStore,
  FirstReadingStore,
  PastAlerts,
} from '../store';
import { findAll, proofOf, ruleTypes, type Finding, type Rule } from '../rules';
import type { ClusterFacts } from '../model/clusterFacts';
import type { AlertRecorder } from './AlertRecorder';
import { REOPEN_MS } from './calm';
import { decide } from './decide';
import { goOnReading } from './firstReading';
import { presenceSteps } from './presenceSteps';
import type { PromiseCheck } from './PromiseCheck';

export interface AlertEngineOptions {
  registry: ClusterRegistry;
  rules: readonly Rule[];
  intervalsMs: Record<CollectionKind, number>;
  stores: {
    alerts: AlertStore;
    alertFacts: AlertFactStore;
    firstReadings: FirstReadingStore;
  };
  promises: PromiseCheck;
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
}

/** Another replica may decide meanwhile; then all is looked at again. */
const MOST_LOOKS = 3;

/** Looks at what is stored of clusters, and decides what becomes of their alerts. */
export class AlertEngine {
  private readonly watchedSince = new Date();
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
    const { rules, stores, promises } = this.options;
    const last = await stores.alerts.lastEvaluation(cluster.name);
    let facts = await this.readFacts(cluster);
    let findings = findAll(facts, rules);
    const past = {
      fingerprints: findings.map(({ fingerprint }) => fingerprint),
      resolvedSince: new Date(facts.now.getTime() - REOPEN_MS),
    };
    const alerts = await stores.alerts.readForDecision(cluster.name, past);
    const doubtful = promises.doubtful(facts, findings, alerts);
    if (await promises.ask(cluster.client, doubtful)) {
      facts = await this.readFacts(cluster);
      findings = findAll(facts, rules);
    }
    const held = new Set(
      promises
        .doubtful(facts, findings, alerts)
        .map(({ fingerprint }) => fingerprint),
    );
    findings = findings.filter(({ fingerprint }) => !held.has(fingerprint));
    return { last, facts, findings, past };
  }

  private async readFacts(cluster: RegisteredCluster): Promise<ClusterFacts> {
    const { rules, intervalsMs, stores } = this.options;
    const { name, title, environment, owner } = cluster;
    return stores.alertFacts.read(
      { name, title, environment, owner },
      {
        now: new Date(),
        watchedSince: this.watchedSince,
        intervalsMs,
        everyDag: rules.some(({ type }) => ruleTypes[type].needsEveryDag),
      },
    );
  }

  /** @returns false when somebody decided since the look, perhaps on newer facts */
  private async decideOn(look: Look): Promise<boolean> {
    const { rules, stores, recorder } = this.options;
    const { last, facts, findings, past } = look;
    const { name } = facts.cluster;
    const decided = await recorder.record(async trx => {
      const now = new Date();
      const isFirst = await stores.alerts.beginEvaluation(trx, name, {
        last,
        now,
      });
      if (!isFirst) return undefined;
      const { firstReadings, changed } = goOnReading(
        rules,
        facts,
        await stores.firstReadings.of(name, trx),
      );
      await stores.firstReadings.save(trx, name, changed);
      const alerts = await stores.alerts.lockForDecision(trx, name, past);
      const decision = decide({
        alerts,
        findings,
        proofOf: alert => proofOf(alert, facts, rules),
        brokenFileOf: dagId => brokenFileOf(dagId, facts),
        firstReadings,
        now,
        newId: randomUUID,
      });
      return presenceSteps(decision, alerts, facts, now);
    });
    return decided !== undefined;
  }
}

function brokenFileOf(dagId: string, { absent }: ClusterFacts): string | null {
  const dag = absent.get(dagId);
  return dag?.presence.state === 'broken' ? dag.fileLocation : null;
}
