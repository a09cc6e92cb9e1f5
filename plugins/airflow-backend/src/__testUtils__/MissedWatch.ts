import type { Stores } from '../store';
import { decide } from '../alerts/decide';
import { findAll, proofOf } from '../rules';
import type { Rule } from '../rules';
import type { ModelAirflow } from './ModelAirflow';

const MINUTE = 60_000;
const cluster = {
  name: 'prod',
  title: 'Production',
  environment: 'production',
  owner: null,
};

const rules: Rule[] = [
  {
    name: 'missed',
    type: 'run-missed',
    severity: 'warning',
    forMs: 0,
    scope: {},
    graceMs: 10 * MINUTE,
  },
];

/** What a portal says that reads one Airflow as time passes. */
export class MissedWatch {
  /** Such as `+70 fired: …`, minutes after the start. */
  readonly said: string[] = [];
  private ids = 0;

  constructor(
    private readonly stores: Stores,
    private readonly airflow: ModelAirflow,
    private readonly startedAt: number,
    private readonly dagId = 'watched',
  ) {}

  /**
   * @param events - what happens, by the minute after the start
   * @param every - how many minutes there are between readings of runs, and of the inventory
   */
  async watch(
    minutes: number,
    events: Record<number, (airflow: ModelAirflow, now: number) => void> = {},
    every = { runs: 5, inventory: 5 },
  ): Promise<string[]> {
    for (let minute = 0; minute <= minutes; minute += 1) {
      const at = this.startedAt + minute * MINUTE;
      events[minute]?.(this.airflow, at);
      await this.pass(minute, every);
    }
    return this.said;
  }

  /** Lets the Airflow live up to a minute, and reads it where it is time and it answers. */
  async pass(minute: number, every = { runs: 5, inventory: 5 }): Promise<void> {
    const at = this.startedAt + minute * MINUTE;
    this.airflow.tick(this.byItsClock(at));
    const { webServerLives, clockMs } = this.airflow;
    if (webServerLives && clockMs !== null && minute % every.runs === 0) {
      await this.readClock(at - 10_000, clockMs);
      await this.evaluate(minute, at - 5_000);
    }
    if (webServerLives && minute % every.inventory === 0) {
      await this.readInventory(at);
    }
    if (minute % every.runs !== 0) return;
    if (webServerLives) await this.readRuns(at + 10_000);
    await this.evaluate(minute, at + 20_000);
  }

  /** Whether it says that a run is missing. */
  get isMissing(): boolean {
    return this.said.at(-1)?.includes(' fired: ') ?? false;
  }

  private byItsClock(at: number): number {
    return at + (this.airflow.clockMs ?? 0);
  }

  private async readClock(at: number, offsetMs: number): Promise<void> {
    const readAt = new Date(at);
    await this.stores.clusters.save('prod', {
      info: { airflowVersion: '3.3.2', apiVersion: 'v2', capabilities: [] },
      components: [],
      clock: { offsetMs, measuredAt: readAt.toISOString() },
      readAt,
    });
  }

  private async readInventory(at: number): Promise<void> {
    const dag = this.airflow.dag(this.dagId);
    await this.stores.dags.save('prod', [dag], new Date(at));
    await this.record('inventory', at);
  }

  private async readRuns(at: number): Promise<void> {
    const runs = this.airflow.runs(this.dagId, this.byItsClock(at));
    await this.stores.runs.save('prod', runs, new Date(at));
    await this.record('runs', at);
  }

  private async record(kind: 'inventory' | 'runs', at: number): Promise<void> {
    await this.stores.collections.record('prod', {
      kind,
      startedAt: new Date(at),
      durationMs: 1,
      requests: 1,
      skippedRows: 0,
      complete: true,
      problem: null,
    });
  }

  private async evaluate(minute: number, at: number): Promise<void> {
    const now = new Date(at);
    const { alerts, alertFacts } = this.stores;
    const facts = await alertFacts.read(cluster, {
      now,
      watchedSince: new Date(this.startedAt),
      intervalsMs: { health: MINUTE, inventory: MINUTE, runs: MINUTE },
      everyDag: false,
    });
    const findings = findAll(facts, rules);
    const decision = decide({
      alerts: await alerts.readForDecision('prod', {
        fingerprints: findings.map(({ fingerprint }) => fingerprint),
        resolvedSince: new Date(at - 30 * MINUTE),
      }),
      findings,
      proofOf: alert => proofOf(alert, facts, rules),
      brokenFileOf: () => null,
      firstReadings: new Map(),
      now,
      newId: () => {
        this.ids += 1;
        return `${this.dagId} ${this.ids}`;
      },
    });
    await alerts.transaction(trx => alerts.apply(trx, decision));
    for (const { kind, alertId, text } of decision.events) {
      const alert = decision.alerts.find(({ id }) => id === alertId);
      if (kind === 'fired') {
        this.said.push(`+${minute} fired: ${alert?.observed}`);
      }
      if (kind === 'resolved') this.said.push(`+${minute} resolved: ${text}`);
    }
  }
}
