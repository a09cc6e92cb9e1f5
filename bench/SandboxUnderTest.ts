import { z } from 'zod';

const messageSchema = z.object({
  url: z.string(),
  clusters: z.array(z.object({ name: z.string(), version: z.string() })),
});
const reportSchema = z.object({ total: z.number() });
const runsSchema = z.object({
  dag_runs: z.array(z.object({ dag_run_id: z.string() })).min(1),
});
const totalSchema = z.object({ total_entries: z.number() });

const PAGE = 100;
// As bench/app-config.yaml has the portal read it.
const HISTORY_MS = 24 * 60 * 60_000;

/** The sandbox in its own process, with its count of the requests that it got. */
export class SandboxUnderTest {
  private constructor(
    readonly url: string,
    readonly clusters: { name: string; version: string }[],
  ) {}

  /** Reads what the sandbox said when it was ready. */
  static parse(message: unknown): SandboxUnderTest {
    const { url, clusters } = messageSchema.parse(message);
    return new SandboxUnderTest(url, clusters);
  }

  /** How many requests it gets while something is done. */
  async requestsDuring(act: () => Promise<unknown>): Promise<number> {
    await fetch(`${this.url}/_sandbox/requests`, { method: 'DELETE' });
    await act();
    const answer = await fetch(`${this.url}/_sandbox/requests`);
    return reportSchema.parse(await answer.json()).total;
  }

  /** Has it take its time for every request. */
  async delay(forMs: number): Promise<void> {
    await fetch(`${this.url}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'latency', ms: forMs }),
    });
  }

  /** The fewest pages in which all DAGs, and all runs of the history, can be had. */
  async lowerBound(): Promise<{ dagPages: number; runPages: number }> {
    let dagPages = 0;
    let runPages = 0;
    for (const { name, version } of this.clusters) {
      const isV1 = version.startsWith('2.');
      const headers = await this.sign(name, isV1);
      const base = `${this.url}/${name}/api/${isV1 ? 'v1' : 'v2'}`;
      const from = new Date(Date.now() - HISTORY_MS).toISOString();
      const filter = isV1 ? 'execution_date_gte' : 'run_after_gte';
      dagPages += await pages(`${base}/dags?limit=1`, headers);
      runPages += await pages(
        `${base}/dags/~/dagRuns?limit=1&${filter}=${from}`,
        headers,
      );
    }
    return { dagPages, runPages };
  }

  /** A run of a DAG that has succeeded. */
  async endedRun(cluster: string, dagId: string): Promise<string> {
    const version = this.clusters.find(({ name }) => name === cluster)?.version;
    const isV1 = version?.startsWith('2.') ?? false;
    const answer = await fetch(
      `${this.url}/${cluster}/api/${
        isV1 ? 'v1' : 'v2'
      }/dags/${dagId}/dagRuns?state=success&limit=1`,
      { headers: await this.sign(cluster, isV1) },
    );
    return runsSchema.parse(await answer.json()).dag_runs[0].dag_run_id;
  }

  /** The header that signs requests to one of its clusters. */
  async sign(
    cluster: string,
    isV1: boolean,
  ): Promise<{ authorization: string }> {
    if (isV1) {
      const pair = Buffer.from('admin:admin').toString('base64');
      return { authorization: `Basic ${pair}` };
    }
    const answer = await fetch(`${this.url}/${cluster}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'admin' }),
    });
    const { access_token: token } = z
      .object({ access_token: z.string() })
      .parse(await answer.json());
    return { authorization: `Bearer ${token}` };
  }
}

async function pages(
  url: string,
  headers: Record<string, string>,
): Promise<number> {
  const answer = await fetch(url, { headers });
  const { total_entries: total } = totalSchema.parse(await answer.json());
  return Math.ceil(total / PAGE);
}
