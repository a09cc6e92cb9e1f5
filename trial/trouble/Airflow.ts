import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { RealAirflow } from '../realAirflows';

const ROOT = join(__dirname, '..', '..');
const LONGEST_WAIT_MS = 3 * 60_000;

const runSchema = z.looseObject({
  dag_run_id: z.string(),
  state: z.string().nullable(),
});

type Action = 'stop' | 'kill' | 'start' | 'freeze' | 'thaw';
type Service = 'scheduler' | 'dag-processor' | 'web';

/** One real Airflow, as somebody who works beside the portal has it in hand. */
export class Airflow {
  readonly name: string;
  readonly major: 2 | 3;
  /** Runs of a trial before may still be there. */
  private readonly trial = Date.now();
  private token: string | undefined;

  constructor(private readonly airflow: RealAirflow) {
    this.name = airflow.name;
    this.major = airflow.major;
  }

  async trigger(
    dagId: string,
    runId: string,
    given: { conf?: object; logicalDate?: string } = {},
  ): Promise<void> {
    const { conf, logicalDate } = given;
    await this.ask(`/dags/${dagId}/dagRuns`, 'POST', {
      dag_run_id: this.named(runId),
      ...(conf && { conf }),
      ...((logicalDate || this.major === 3) && {
        logical_date: logicalDate ?? null,
      }),
    });
  }

  /** The state of a run; undefined when there is none of that id. */
  async stateOf(dagId: string, runId: string): Promise<string | undefined> {
    const answer = await this.send(
      `/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}`,
      'GET',
    );
    if (answer.status === 404) return undefined;
    return runSchema.parse(await answer.json()).state ?? undefined;
  }

  async untilState(
    dagId: string,
    runId: string,
    wanted: string,
  ): Promise<void> {
    await this.until(
      `${runId} of ${dagId} is ${wanted}`,
      async () => (await this.stateOf(dagId, this.named(runId))) === wanted,
    );
  }

  /** Waits for something on this Airflow. */
  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    while (!(await holds().catch(() => false))) {
      if (Date.now() > deadline) throw new Error(`${this.name}: never ${what}`);
      await sleep(1_000);
    }
  }

  async mark(dagId: string, runId: string, state: string): Promise<void> {
    await this.ask(`/dags/${dagId}/dagRuns/${this.named(runId)}`, 'PATCH', {
      state,
    });
  }

  async clear(dagId: string, runId: string): Promise<void> {
    await this.ask(
      `/dags/${dagId}/dagRuns/${this.named(runId)}/clear`,
      'POST',
      {
        dry_run: false,
      },
    );
  }

  async deleteRun(dagId: string, runId: string): Promise<void> {
    await this.ask(`/dags/${dagId}/dagRuns/${this.named(runId)}`, 'DELETE');
  }

  async setPaused(dagId: string, paused: boolean): Promise<void> {
    await this.ask(`/dags/${dagId}`, 'PATCH', { is_paused: paused });
  }

  /** Deletes a DAG with all that Airflow keeps of it, where it has it. */
  async forget(dagId: string): Promise<void> {
    await this.send(`/dags/${dagId}`, 'DELETE');
  }

  async isInService(dagId: string): Promise<boolean> {
    const answer = await this.send(`/dags/${dagId}`, 'GET');
    if (!answer.ok) return false;
    const { is_active: isActive, is_stale: isStale } = z
      .looseObject({
        is_active: z.boolean().optional(),
        is_stale: z.boolean().optional(),
      })
      .parse(await answer.json());
    return isActive ?? !isStale;
  }

  /** Fills in old days: by Airflow 3's backfills; on Airflow 2 by runs of old dates. */
  async fillIn(dagId: string, days: readonly string[]): Promise<void> {
    if (this.major === 3) {
      await this.ask('/backfills', 'POST', {
        dag_id: dagId,
        from_date: days.at(0),
        to_date: days.at(-1),
        reprocess_behavior: 'none',
      });
      return;
    }
    for (const day of days) {
      await this.trigger(dagId, `filled_in_${day.slice(0, 10)}`, {
        logicalDate: day,
      });
    }
  }

  private named(runId: string): string {
    return `${runId}-${this.trial}`;
  }

  /** Does something to one of its processes. */
  async process(action: Action, service: Service): Promise<void> {
    await this.command(action, service);
  }

  /** Starts it anew with its clock so many seconds off. */
  async moveClock(seconds: number): Promise<void> {
    await this.command('clock', String(seconds));
    // What was given before counts as given in the future, or too long ago.
    this.token = undefined;
  }

  private async command(...args: string[]): Promise<void> {
    await promisify(execFile)(
      process.execPath,
      ['scripts/run.mjs', 'airflow', ...args, String(this.major)],
      { cwd: ROOT },
    );
  }

  private async ask(path: string, method: string, body?: object) {
    const answer = await this.send(path, method, body);
    if (!answer.ok) {
      const words = await answer.text();
      throw new Error(
        `${this.name}: ${method} ${path}: ${answer.status} ${words}`,
      );
    }
  }

  private async send(
    path: string,
    method: string,
    body?: object,
  ): Promise<Response> {
    const { baseUrl } = this.airflow;
    const send = async () =>
      fetch(`${baseUrl}/api/v${this.major === 2 ? 1 : 2}${path}`, {
        method,
        headers: {
          authorization: await this.credentials(),
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
      });
    const answer = await send();
    if (answer.status !== 401 && answer.status !== 403) return answer;
    this.token = undefined;
    return send();
  }

  private async credentials(): Promise<string> {
    if (this.major === 2) {
      return `Basic ${Buffer.from('admin:admin').toString('base64')}`;
    }
    if (!this.token) {
      const answer = await fetch(`${this.airflow.baseUrl}/auth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'admin', password: 'admin' }),
      });
      this.token = z
        .object({ access_token: z.string() })
        .parse(await answer.json()).access_token;
    }
    return `Bearer ${this.token}`;
  }
}
