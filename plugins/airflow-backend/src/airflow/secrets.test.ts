import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import fc from 'fast-check';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { serve, type TestServer } from '../__testUtils__/serve';
import { dags } from './areas/dags';
import { runs } from './areas/runs';
import { taskLogs } from './areas/taskLogs';
import { builtInAuthStrategies } from './auth';
import { createAirflowClient } from './createAirflowClient';
import { AirflowError } from './errors';

/** Ways in which servers, gateways and proxies repeat what they heard. */
const manners = {
  detail: (words: string) => ({ detail: words }),
  error: (words: string) => ({ error: words }),
  title: (words: string) => ({ title: words }),
  reason: (words: string) => ({ detail: { reason: words } }),
  validation: (words: string) => ({
    detail: [{ loc: ['body', 'password'], msg: words, input: words }],
  }),
  otherShape: (words: string) => ({ version: { [words]: words } }),
};

interface Answer {
  say: (words: string) => object;
  type: string;
  status: number;
  /** Which version it tells before it begins to repeat, if any. */
  version: string;
  /** Whether it gives tokens. */
  tokens: boolean;
}

const answers = fc.record<Answer>({
  say: fc.constantFrom(...Object.values(manners)),
  type: fc.constantFrom('application/json', 'text/html'),
  status: fc.constantFrom(
    ...[200, 302, 400, 401, 403, 404, 407, 409, 422, 429, 500, 503],
  ),
  version: fc.constantFrom('none', 'v1', 'v2'),
  tokens: fc.boolean(),
});

let server: TestServer;
let answer: Answer;
let heard = 0;

beforeAll(async () => {
  server = await serve((request, response) => {
    speak(request, response).catch(error => response.destroy(error));
  });
});
afterAll(() => server.close());

async function speak(request: IncomingMessage, response: ServerResponse) {
  heard += 1;
  const body = await text(request);
  const json = { 'content-type': 'application/json' };
  if (request.url === `/api/${answer.version}/version`) {
    response.writeHead(200, json).end('{"version": "3.1.0"}');
    return;
  }
  if (answer.tokens && /token$/.test(request.url ?? '')) {
    const token = { access_token: `token-${body.length}-of-this-sign-in` };
    response.writeHead(200, json).end(JSON.stringify(token));
    return;
  }
  const words = repeated(request, body);
  const encoded = encodeURIComponent(words);
  response.writeHead(answer.status, {
    'content-type': answer.type,
    location: `/oauth/${encoded}?${encoded}`,
  });
  response.end(JSON.stringify(answer.say(words)));
}

/** Everything that was sent, also as it reads when it is decoded. */
function repeated({ headers, url }: IncomingMessage, body: string): string {
  const { authorization = '' } = headers;
  const decoded = Buffer.from(authorization.slice(6), 'base64').toString();
  const fields: string[] = body.startsWith('{')
    ? Object.values(JSON.parse(body))
    : [...new URLSearchParams(body).values()];
  return [url, ...Object.values(headers), decoded, ...fields, body].join(' ');
}

/** Header values reach a server without the spaces around them. */
const secrets = fc
  .string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' })
  .filter(secret => secret === secret.trim());

const ways: Record<string, (secret: string) => JsonObject> = {
  basic: secret => ({ username: 'portal', password: secret }),
  token: secret => ({ token: secret }),
  headers: secret => ({ headers: { 'x-api-key': secret } }),
  airflow3: secret => ({ username: 'portal', password: secret }),
  password: secret => ({ username: 'portal', password: secret }),
  oauth2: secret => ({
    tokenUrl: `${server.url}/idp/token`,
    clientId: 'portal',
    clientSecret: secret,
  }),
};

/** All that a person or a log could see of what went wrong. */
async function shownAfter(type: string, secret: string): Promise<string[]> {
  const strategy = builtInAuthStrategies.find(own => own.type === type);
  if (!strategy) throw new Error(`There is no strategy ${type}`);
  const auth = new ConfigReader({ type, ...ways[type](secret) });
  const client = createAirflowClient(
    {
      name: 'prod-eu',
      baseUrl: server.url,
      authenticator: strategy.fromConfig(auth),
      limits: {
        maxInFlight: 4,
        requestsPerMinute: 100_000,
        timeoutMs: 5_000,
        maxResponseBytes: 1_000_000,
      },
    },
    { retries: 0, failures: 3 },
  );
  const outcomes = await Promise.allSettled([
    client.info(),
    client.read(dags, area => area.list()).next(),
    client.ask(runs, area => area.get({ dagId: 'a', runId: 'b' })),
    client.ask(dags, area => area.setPaused('a', true)),
    client
      .read(taskLogs, area =>
        area.read({ dagId: 'a', runId: 'b', taskId: 'c', mapIndex: -1 }, 1),
      )
      .next(),
  ]);
  await client.close();
  return outcomes.flatMap(outcome => {
    if (outcome.status === 'fulfilled') return [];
    expect(outcome.reason).toBeInstanceOf(AirflowError);
    return [inspect(outcome.reason, { depth: 6 })];
  });
}

/** A secret in the forms in which it is sent. */
function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    Buffer.from(`portal:${secret}`).toString('base64'),
  ];
}

describe('secrets', () => {
  it.each(Object.keys(ways))(
    'of the sign-in %s stand in no error, whatever an answer repeats',
    async type => {
      const before = heard;
      await fc.assert(
        fc.asyncProperty(secrets, answers, async (secret, next) => {
          answer = next;
          for (const shown of await shownAfter(type, secret)) {
            for (const form of formsOf(secret)) {
              expect(shown).not.toContain(form);
            }
          }
        }),
        { numRuns: 15 },
      );
      expect(heard).toBeGreaterThan(before);
    },
  );
});
