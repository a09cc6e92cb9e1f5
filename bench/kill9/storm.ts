import { setTimeout as sleep } from 'node:timers/promises';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Engine } from '../PortalUnderTest';
import { FailingAirflow } from './FailingAirflow';
import { Replica } from './Replica';
import { tally, type Tally } from './tally';
import { WebhookSink } from './WebhookSink';

/** So many DAGs fail in each round; more than a channel sends at once, so that some wait when it is killed. */
const DAGS_A_ROUND = 6;
const QUIET_LIMIT_MS = 4 * 60_000;

/** What came of killing a portal many times. */
export interface StormReport extends Tally {
  engine: string;
  replicas: number;
  kills: number;
  /** How many of them cut off a call. */
  killsDuringCalls: number;
  /** From the last kill until nothing waited any more. */
  quietAfterMs: number;
}

/** Has DAGs fail and recover while processes of the portal are killed, and counts what a receiver heard of it. */
export class Storm {
  private killsDuringCalls = 0;
  private readonly recovering = new Set<string>();

  private constructor(
    private readonly airflow: FailingAirflow,
    private readonly sink: WebhookSink,
    private readonly replicas: readonly Replica[],
  ) {}

  static async run(options: {
    engine: Engine;
    replicas: number;
    /** Each replica listens on the one after. */
    firstPort: number;
    rounds: number;
    onRound: (round: number) => void;
  }): Promise<StormReport> {
    const { engine, rounds } = options;
    const airflow = await FailingAirflow.start(rounds * DAGS_A_ROUND);
    const sink = await WebhookSink.start();
    const replicas = Array.from(
      { length: options.replicas },
      (_, i) =>
        new Replica({
          port: options.firstPort + i,
          database: engine.database,
          airflow: configOf(airflow, sink),
        }),
    );
    const storm = new Storm(airflow, sink, replicas);
    try {
      await storm.begin();
      for (let round = 0; round < rounds; round += 1) {
        await storm.round(round);
        options.onRound(round + 1);
      }
      const lastKill = performance.now();
      await storm.untilQuiet();
      return {
        engine: engine.name,
        replicas: replicas.length,
        kills: rounds,
        killsDuringCalls: storm.killsDuringCalls,
        quietAfterMs: performance.now() - lastKill,
        ...tally(sink, airflow.dagIds),
      };
    } finally {
      await Promise.all(replicas.map(replica => replica.kill()));
      await sink.stop();
      await airflow.stop();
    }
  }

  /** One after the other, for the first one makes the tables. */
  private async begin(): Promise<void> {
    for (const replica of this.replicas) await replica.start();
    await this.replicas[0].refresh(this.airflow.cluster, ['inventory', 'runs']);
    await this.failBatch(0);
  }

  /** Has the failures of the round before read, and kills a process while they are told. */
  private async round(round: number): Promise<void> {
    await this.failBatch(round + 1);
    await this.recoverWhatWasHeard();
    const victim = pick(this.replicas);
    const reading = this.read(pick(this.replicas));
    await this.momentToKill();
    if (this.sink.underWay > 0) this.killsDuringCalls += 1;
    await victim.kill();
    await reading;
    await victim.start();
  }

  /** Anywhere in the reading and what follows it, or while something is told. */
  private async momentToKill(): Promise<void> {
    if (Math.random() < 0.5) {
      await sleep(Math.random() * 2_000);
      return;
    }
    await Promise.race([this.sink.nextCall(), sleep(3_000)]);
    await sleep(Math.random() * 200);
  }

  private async failBatch(round: number): Promise<void> {
    const from = round * DAGS_A_ROUND;
    const batch = this.airflow.dagIds.slice(from, from + DAGS_A_ROUND);
    await Promise.all(
      batch.map(dagId => this.airflow.trigger(dagId, 'failed')),
    );
  }

  private async recoverWhatWasHeard(): Promise<void> {
    const heard = this.airflow.dagIds.filter(
      dagId =>
        this.sink.heard.has(`fired ${dagId}`) && !this.recovering.has(dagId),
    );
    for (const dagId of heard) this.recovering.add(dagId);
    await Promise.all(
      heard.map(dagId => this.airflow.trigger(dagId, 'success')),
    );
  }

  /** A process that is killed meanwhile answers nothing; the next reading comes soon. */
  private async read(replica: Replica): Promise<void> {
    await replica
      .refresh(this.airflow.cluster, ['runs'])
      .catch(() => undefined);
  }

  private async untilQuiet(): Promise<void> {
    const end = performance.now() + QUIET_LIMIT_MS;
    while (performance.now() < end) {
      await this.recoverWhatWasHeard();
      await this.read(this.replicas[0]);
      if (await this.isQuiet()) return;
      await sleep(1_000);
    }
  }

  /** All was heard, and nothing waits to be told. */
  private async isQuiet(): Promise<boolean> {
    const waiting = airflowEndpoints.listDeliveries.response.parse(
      await this.replicas[0].get('/alert-deliveries?status=waiting&limit=1'),
    );
    return (
      waiting.total === 0 && tally(this.sink, this.airflow.dagIds).lost === 0
    );
  }
}

function configOf(airflow: FailingAirflow, sink: WebhookSink) {
  return {
    clusters: [
      {
        name: airflow.cluster,
        baseUrl: airflow.url,
        auth: { type: 'basic', username: 'admin', password: 'admin' },
        limits: { requestsPerMinute: 100_000 },
      },
    ],
    alerts: {
      rules: [{ name: 'run-failed', type: 'run-failed' }],
      routes: [{ channels: ['sink'] }],
      webhooks: [
        {
          name: 'sink',
          url: sink.url,
          secret: 'whsec_a2lsbGVkLWFuZC1zdGFydGVkLWFnYWlu',
        },
      ],
    },
  };
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)];
}
