import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { basename, resolve } from 'node:path';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { z } from 'zod';
import { PortalApi } from '../../bench/PortalApi';
import { start, stop } from '../../bench/processes';
import { subjectOf } from '../trouble/tally';
import type { Interval } from './Interval';

const CHANNEL = 'month';

type Alert = z.output<
  typeof airflowEndpoints.listAlerts.response
>['items'][number];

/** The backend plugin over simulated Airflows, in a process whose date is set by hand. */
export class MonthPortal extends PortalApi {
  private constructor(origin: string, private readonly process: ChildProcess) {
    super(origin);
  }

  static async start(options: {
    sandboxUrl: string;
    clusters: readonly string[];
    webhookUrl: string;
    atMs: number;
  }): Promise<MonthPortal> {
    const { sandboxUrl, clusters, webhookUrl, atMs } = options;
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const { process } = await start(
      '../trial/month/portal.ts',
      ['--config', resolve(__dirname, '../app-config.yaml')],
      {
        LOG_LEVEL: 'error',
        TRIAL_BEGINS_AT: String(atMs),
        APP_CONFIG_backend_baseUrl: origin,
        APP_CONFIG_backend_listen: `:${port}`,
        // A file would be synced to the disk for each of a million commits, which takes longer than all else.
        APP_CONFIG_backend_database: JSON.stringify({
          client: 'better-sqlite3',
          connection: ':memory:',
        }),
        APP_CONFIG_airflow: JSON.stringify({
          intervals: {
            health: { minutes: 5 },
            inventory: { minutes: 5 },
            runs: { minutes: 5 },
          },
          alerts: {
            routes: [{ channels: [CHANNEL] }],
            webhooks: [
              {
                name: CHANNEL,
                url: webhookUrl,
                secret: 'whsec_YS1tb250aC13aXRoLXRyb3VibGUtaW4taXQ=',
              },
            ],
          },
          clusters: clusters.map(name => ({
            name,
            baseUrl: `${sandboxUrl}/${name}`,
            auth: { type: 'password', username: 'admin', password: 'admin' },
            limits: { requestsPerMinute: 1_000_000 },
          })),
        }),
      },
    );
    return new MonthPortal(origin, process);
  }

  async liveAt(ms: number): Promise<void> {
    const answered = once(this.process, 'message');
    this.process.send({ liveAt: ms });
    await answered;
  }

  /** What was told, from when it was told to fire to when it was told to be over. */
  async told(): Promise<Interval[]> {
    const alerts = await this.all(
      '/alerts',
      airflowEndpoints.listAlerts.response,
      [
        'status=firing',
        'status=acknowledged',
        'status=pending',
        'status=resolved',
      ],
    );
    const byId = new Map(alerts.map(alert => [alert.id, alert]));
    const deliveries = await this.all(
      '/alert-deliveries',
      airflowEndpoints.listDeliveries.response,
    );
    // A date that stands still has what fires and is over in the same millisecond.
    const inTime = [...deliveries].sort(
      (a, b) =>
        Date.parse(a.createdAt) - Date.parse(b.createdAt) ||
        a.notice.localeCompare(b.notice),
    );
    const told: (Interval & { alertId: string })[] = [];
    for (const { alertId, notice, createdAt } of inTime) {
      const alert = byId.get(alertId);
      if (!alert) continue;
      const atMs = Date.parse(createdAt);
      const open = told.findLast(
        one => one.alertId === alertId && one.toMs === Infinity,
      );
      if (notice === 'fired') {
        if (open) continue;
        told.push({
          alertId,
          ...troubleOf(alert),
          fromMs: atMs,
          toMs: Infinity,
        });
      } else if (open) {
        open.toMs = atMs;
      }
    }
    return told;
  }

  async stop(): Promise<void> {
    await stop(this.process);
  }

  private async all<T>(
    path: string,
    schema: z.ZodType<{ items: T[]; nextCursor: string | null }>,
    query: readonly string[] = [],
  ): Promise<T[]> {
    const rows: T[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const from: string[] = cursor
        ? [`cursor=${encodeURIComponent(cursor)}`]
        : [];
      const asked = ['limit=250', ...query, ...from].join('&');
      const page: { items: T[]; nextCursor: string | null } = schema.parse(
        await this.get(`${path}?${asked}`),
      );
      rows.push(...page.items);
      cursor = page.nextCursor;
    }
    return rows;
  }
}

function troubleOf(
  alert: Alert,
): Pick<Interval, 'cluster' | 'rule' | 'about' | 'said'> {
  return {
    cluster: alert.subject.cluster,
    rule: alert.ruleType,
    about: aboutOf(alert),
    said: saidOf(alert),
  };
}

function saidOf({ observed, resolution }: Alert): string {
  return resolution?.kind === 'proof'
    ? `${observed}; ${resolution.text}`
    : observed;
}

/** Airflow 2 tells the whole path of a file. */
function aboutOf(alert: Alert): string {
  const { subject } = alert;
  return subject.kind === 'dag-file'
    ? basename(subject.filename)
    : subjectOf(alert);
}

/** So that several months may pass at once. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') {
    throw new Error('there is no free port');
  }
  return address.port;
}
