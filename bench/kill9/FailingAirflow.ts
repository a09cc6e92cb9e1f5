import {
  generatedFleet,
  startSandbox,
  type RunningSandbox,
} from 'airflow-sandbox';

const user = `Basic ${Buffer.from('admin:admin').toString('base64')}`;

/** An Airflow whose DAGs run when they are told to, and fail when they are told to. */
export class FailingAirflow {
  private constructor(
    private readonly sandbox: RunningSandbox,
    /** The name of its one cluster. */
    readonly cluster: string,
    readonly dagIds: readonly string[],
  ) {}

  static async start(dags: number): Promise<FailingAirflow> {
    const [generated] = generatedFleet({
      clusters: 1,
      dagsPerCluster: dags,
    }).clusters;
    const cluster = {
      ...generated,
      dags: generated.dags.map(dag => ({
        ...dag,
        schedule: { kind: 'none' as const, manualPerDay: 0 },
        pausedSince: undefined,
      })),
    };
    const sandbox = await startSandbox({
      fleet: { clusters: [cluster] },
      port: 0,
    });
    return new FailingAirflow(
      sandbox,
      cluster.name,
      cluster.dags.map(({ dagId }) => dagId),
    );
  }

  get url(): string {
    return `${this.sandbox.url}/${this.cluster}`;
  }

  /** Begins a run, which ends within about eight seconds. */
  async trigger(dagId: string, outcome: 'success' | 'failed'): Promise<void> {
    const answer = await fetch(`${this.url}/api/v1/dags/${dagId}/dagRuns`, {
      method: 'POST',
      headers: { authorization: user, 'content-type': 'application/json' },
      body: JSON.stringify({ conf: { fail: outcome === 'failed' } }),
    });
    if (!answer.ok) throw new Error(`${dagId}: ${await answer.text()}`);
  }

  stop(): Promise<void> {
    return this.sandbox.close();
  }
}
