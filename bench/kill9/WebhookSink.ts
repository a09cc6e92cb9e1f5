import { createServer, type Server } from 'node:http';
import { z } from 'zod';

/** So long it takes to answer, at most: a process that is killed meanwhile does not know whether it was heard. */
const LONGEST_ANSWER_MS = 150;

const callSchema = z.object({
  key: z.string(),
  notice: z.enum(['fired', 'resolved']),
  alert: z.object({ id: z.string(), subject: z.object({ dagId: z.string() }) }),
});

/** What was told: that the alert about a DAG fires, or that it is resolved. */
export type News = `${'fired' | 'resolved'} ${string}`;

/** A receiver as docs/alerts-delivery.md asks for: it drops what it has heard under the same key. */
export class WebhookSink {
  /** How often each key was acted on, or dropped because it was known. */
  readonly calls = new Map<string, number>();
  /** What was heard, each under one or more keys. */
  readonly heard = new Map<News, string[]>();
  /** Calls that are not answered yet. */
  underWay = 0;
  private wake = () => {};

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookSink> {
    const server = createServer();
    const sink = new WebhookSink(server);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const key = String(request.headers['webhook-id']);
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      // Some receivers act at once, others forget what they were asked when the caller goes away.
      const actsAtOnce = Math.random() < 0.5;
      if (actsAtOnce) sink.take(key, body);
      sink.underWay += 1;
      sink.wake();
      setTimeout(() => {
        sink.underWay -= 1;
        if (!actsAtOnce && !request.socket.destroyed) sink.take(key, body);
        response.end();
      }, Math.random() * LONGEST_ANSWER_MS);
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return sink;
  }

  get url(): string {
    const address = this.server.address();
    if (!address || typeof address === 'string') throw new Error('Not up');
    return `http://127.0.0.1:${address.port}/alerts`;
  }

  /** Resolves when the next call comes. */
  nextCall(): Promise<void> {
    return new Promise(done => {
      this.wake = done;
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }

  private take(key: string, body: unknown): void {
    const { notice, alert, key: told } = callSchema.parse(body);
    if (told !== key) throw new Error(`${key} came with the body of ${told}`);
    const calls = this.calls.get(key) ?? 0;
    this.calls.set(key, calls + 1);
    if (calls === 0) {
      const news: News = `${notice} ${alert.subject.dagId}`;
      this.heard.set(news, [...(this.heard.get(news) ?? []), key]);
    }
  }
}
