import type { APIRequestContext, APIResponse } from '@playwright/test';
import { z } from 'zod';

const runSchema = z.object({
  state: z.string(),
  end_date: z.string().nullable(),
});
const runsSchema = z.object({
  dag_runs: z.array(z.object({ dag_run_id: z.string() })),
});
/** Airflow 2 says whether a DAG is active, Airflow 3 whether it is stale. */
const dagSchema = z.object({
  is_active: z.boolean().nullish(),
  is_stale: z.boolean().nullish(),
});
const tokenSchema = z.object({ access_token: z.string() });

/** The real Airflows, as scripts/airflow starts them and the portal calls them. */
export const realAirflows = {
  'airflow-2': { major: 2, title: 'Airflow 2.11.2', port: 28080 },
  'airflow-3': { major: 3, title: 'Airflow 3.3.2', port: 38080 },
} as const;
export type RealAirflow = keyof typeof realAirflows;
export const realNames: readonly RealAirflow[] = ['airflow-2', 'airflow-3'];

/** How long one may take to run a task, to read a file or to notice that something stopped: the slowest machine seen needed three times as long as a quick one. */
export const AIRFLOW_TAKES_MS = 180_000;

/** What goes on in an Airflow without anybody in the portal doing it. */
export class Airflow {
  private constructor(
    readonly name: RealAirflow,
    private readonly request: APIRequestContext,
    private readonly base: string,
    private readonly headers: { authorization: string },
  ) {}

  static async signIn(
    request: APIRequestContext,
    name: RealAirflow,
  ): Promise<Airflow> {
    const { major, port } = realAirflows[name];
    const url = `http://localhost:${port}`;
    if (major === 2) {
      const pair = Buffer.from('admin:admin').toString('base64');
      return new Airflow(name, request, `${url}/api/v1`, {
        authorization: `Basic ${pair}`,
      });
    }
    const answer = await request.post(`${url}/auth/token`, {
      data: { username: 'admin', password: 'admin' },
    });
    const { access_token: token } = tokenSchema.parse(await answer.json());
    return new Airflow(name, request, `${url}/api/v2`, {
      authorization: `Bearer ${token}`,
    });
  }

  async trigger(dagId: string, runId: string): Promise<void> {
    const { major } = realAirflows[this.name];
    await this.ask('POST', `/dags/${dagId}/dagRuns`, {
      dag_run_id: runId,
      ...(major === 3 && { logical_date: null }),
    });
  }

  async run(dagId: string, runId: string) {
    const answer = await this.ask('GET', `/dags/${dagId}/dagRuns/${runId}`);
    return runSchema.parse(await answer.json());
  }

  async runIds(dagId: string): Promise<string[]> {
    const answer = await this.ask('GET', `/dags/${dagId}/dagRuns`);
    const { dag_runs: runs } = runsSchema.parse(await answer.json());
    return runs.map(run => run.dag_run_id);
  }

  /** Takes away what tests have left. */
  async deleteRuns(dagId: string): Promise<void> {
    for (const runId of await this.runIds(dagId)) {
      await this.deleteRun(dagId, runId);
    }
  }

  async deleteRun(dagId: string, runId: string): Promise<void> {
    await this.ask('DELETE', `/dags/${dagId}/dagRuns/${runId}`);
  }

  async setPaused(dagId: string, paused: boolean): Promise<void> {
    await this.ask('PATCH', `/dags/${dagId}`, { is_paused: paused });
  }

  /** Whether its file still brings a DAG, as Airflow sees it. */
  async isInService(dagId: string): Promise<boolean> {
    const answer = await this.ask('GET', `/dags/${dagId}`);
    const dag = dagSchema.parse(await answer.json());
    return dag.is_active ?? dag.is_stale === false;
  }

  async deleteDag(dagId: string): Promise<void> {
    await this.ask('DELETE', `/dags/${dagId}`);
  }

  private async ask(
    method: string,
    path: string,
    data?: object,
  ): Promise<APIResponse> {
    const answer = await this.request.fetch(`${this.base}${path}`, {
      method,
      headers: this.headers,
      ...(data && { data }),
    });
    if (answer.ok()) return answer;
    throw new Error(
      `${method} ${path} of ${
        this.name
      }: ${answer.status()} ${await answer.text()}`,
    );
  }
}
