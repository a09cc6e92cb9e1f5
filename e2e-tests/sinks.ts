import { createServer, type Server } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

// As in app-config.yaml and app-config.e2e.yaml.
const SMTP_PORT = 1025;
const WEBHOOK_PORT = 1026;
const WEBHOOK_SECRET = 'whsec_c2hhcmVkLXdpdGgtdGhlLWJyb3dzZXItdGVzdHM=';

export interface ReceivedMail {
  to: string[];
  subject: string;
  text: string;
  html: string;
}

/** A mail server that keeps what it gets of one portal; others on the machine may write to it too. */
export class MailSink {
  readonly received: ReceivedMail[] = [];
  readonly #portal: string;
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      this.#keep(stream, session.envelope.rcptTo).then(() => done(), done);
    },
  });

  constructor(portal: string) {
    this.#portal = portal;
  }

  forget(): void {
    this.received.length = 0;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.on('error', reject);
      this.#server.listen(SMTP_PORT, '127.0.0.1', resolve);
    });
  }

  close(): Promise<void> {
    return new Promise(resolve => this.#server.close(resolve));
  }

  async #keep(
    stream: NodeJS.ReadableStream,
    recipients: { address: string }[],
  ): Promise<void> {
    const {
      subject = '',
      text: words = '',
      html = '',
    } = await PostalMime.parse(await buffer(stream));
    if (!words.includes(`${this.#portal}/`)) return;
    const to = recipients.map(({ address }) => address);
    this.received.push({ to, subject, text: words, html });
  }
}

const callSchema = z.object({
  key: z.string(),
  notice: z.enum(['fired', 'resolved']),
  title: z.string(),
  text: z.string(),
  link: z.string(),
  alert: z.object({
    id: z.string(),
    resolution: z.object({ runId: z.string().nullish() }).nullable(),
  }),
});

export interface ReceivedCall extends z.infer<typeof callSchema> {
  id: string | undefined;
  isGenuine: boolean;
}

/** A receiver of webhooks that keeps what it gets of one portal. */
export class WebhookSink {
  readonly received: ReceivedCall[] = [];
  readonly #portal: string;
  readonly #server: Server = createServer(async (request, response) => {
    const body = await text(request);
    response.end();
    const call = callSchema.parse(JSON.parse(body));
    if (!call.link.startsWith(`${this.#portal}/`)) return;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        String(value),
      ]),
    );
    this.received.push({
      ...call,
      id: headers['webhook-id'],
      isGenuine: isGenuine(body, headers),
    });
  });

  constructor(portal: string) {
    this.#portal = portal;
  }

  forget(): void {
    this.received.length = 0;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.on('error', reject);
      this.#server.listen(WEBHOOK_PORT, '127.0.0.1', resolve);
    });
  }

  close(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

/** As docs/alerts-delivery.md tells receivers. */
function isGenuine(body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(WEBHOOK_SECRET).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
