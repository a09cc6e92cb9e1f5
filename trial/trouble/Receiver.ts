import { createServer, type Server } from 'node:http';
import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { alertSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';

const callSchema = z.object({
  key: z.string(),
  notice: z.enum(['fired', 'resolved']),
  alert: alertSchema,
});

/** One thing that the portal told. */
export interface Told {
  notice: 'fired' | 'resolved';
  alert: Alert;
  atMs: number;
}

/** Hears what the portal tells over a webhook, each notice once. */
export class Receiver {
  readonly told: Told[] = [];
  private readonly keys = new Set<string>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      receiver.take(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.end();
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  get url(): string {
    const address = this.server.address();
    if (!address || typeof address === 'string') {
      throw new Error('the receiver does not listen');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }

  private take(body: unknown): void {
    const { key, notice, alert } = callSchema.parse(body);
    if (this.keys.has(key)) return;
    this.keys.add(key);
    this.told.push({ notice, alert, atMs: Date.now() });
  }
}
