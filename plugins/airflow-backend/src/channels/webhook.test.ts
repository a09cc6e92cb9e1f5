import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import { resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { AirflowAlertChannelError } from '@airflow-fleet/backstage-plugin-airflow-node';
import { anAlert, portalLinks } from '../__testUtils__/toldAlerts';
import { masked } from '../masked';
import { composeMessage } from '../alerts/delivery/compose';
import { webhookChannel } from './webhook';

const secret = 'whsec_YS1zZWNyZXQtb2YtdGhlLXJlY2VpdmVy';
const anotherSecret = 'whsec_YW5vdGhlciBzZWNyZXQgb2Ygbm9ib2R5';
const now = new Date();
const message = composeMessage(
  { key: 'a1:0:fired:pager:', notice: 'fired', recipient: null },
  anAlert('a1', { title: masked('load_orders failed – größer') }),
  portalLinks,
);

/** The function that docs/alerts-delivery.md gives to receivers. */
function readOfDocs(): (
  body: string,
  headers: IncomingHttpHeaders,
  secret: string,
) => unknown {
  const docs = readFileSync(
    resolve(__dirname, '../../../../docs/alerts-delivery.md'),
    'utf8',
  );
  const [, code] = /```js\n([^]*?)```/.exec(docs) ?? [];
  return runInNewContext(`${code}; read`, { require });
}

describe('webhookChannel', () => {
  let server: Server;
  let listener: RequestListener;
  let calls: { url: string; headers: IncomingHttpHeaders; body: string }[];

  beforeEach(async () => {
    calls = [];
    listener = (_, response) => response.end();
    server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', chunk => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const { url = '', headers } = incoming;
        calls.push({ url, headers, body });
        listener(incoming, response);
      });
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  });

  const base = () => {
    const address = server.address();
    if (!address || typeof address === 'string') throw new Error('Not up');
    return `http://127.0.0.1:${address.port}`;
  };
  const send = ({ signal = new AbortController().signal, at = now } = {}) =>
    webhookChannel(
      { name: 'pager', url: `${base()}/hook?token=t0ken`, secret },
      () => at,
    ).send(message, { signal });
  const failure = (
    sending: Promise<unknown>,
  ): Promise<AirflowAlertChannelError> =>
    sending.then(
      () => {
        throw new Error('It did not fail');
      },
      error => error,
    );
  const answers = (status: number, headers: Record<string, string> = {}) => {
    listener = (_, response) => response.writeHead(status, headers).end('no');
  };

  it('calls with the message, its key and a signature that the receiver can verify', async () => {
    await send();
    const [{ url, headers, body }] = calls;
    expect(url).toBe('/hook?token=t0ken');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': 'a1:0:fired:pager:',
    });
    const read = readOfDocs();
    expect(read(body, headers, secret)).toEqual(JSON.parse(body));
    const forged = body.replace('größer', 'kleiner');
    expect(() => read(forged, headers, secret)).toThrow('No matching');
    const other = { ...headers, 'webhook-id': 'a2:0:fired:pager:' };
    expect(() => read(body, other, secret)).toThrow('No matching');
    expect(() => read(body, headers, anotherSecret)).toThrow('No matching');
    expect(JSON.parse(body)).toMatchObject({
      key: 'a1:0:fired:pager:',
      notice: 'fired',
      title: 'load_orders failed – größer (prod)',
      link: 'https://portal.example.com/airflow/alerts/a1',
      alert: { id: 'a1', severity: 'critical' },
    });
  });

  it('signs the moment too, so that an old call cannot be played again', async () => {
    const anHourAgo = new Date(now.getTime() - 3_600_000);
    await send({ at: anHourAgo });
    const [{ headers, body }] = calls;
    const fresh = {
      ...headers,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    };
    const read = readOfDocs();
    expect(() => read(body, headers, secret)).toThrow('too old');
    expect(() => read(body, fresh, secret)).toThrow('No matching');
  });

  it.each([200, 201, 202, 204])('is content with status %s', async status => {
    answers(status);
    await expect(send()).resolves.toEqual({ answer: String(status) });
  });

  it.each([400, 401, 404, 500, 503])('fails with status %s', async status => {
    answers(status);
    const { message: words, retryAfterMs } = await failure(send());
    expect(words).toContain(`answered with status ${status}`);
    expect(words).toContain('webhook pager');
    expect(retryAfterMs).toBeUndefined();
  });

  it('hands on how long the receiver asks to wait', async () => {
    answers(429, { 'retry-after': '120' });
    expect((await failure(send())).retryAfterMs).toBe(120_000);
  });

  it('follows no redirect', async () => {
    answers(307, { location: `${base()}/elsewhere` });
    const { message: words } = await failure(send());
    expect(words).toContain('redirect (status 307), which is not followed');
    expect(calls).toHaveLength(1);
  });

  it('takes an endless answer for an answer', async () => {
    listener = (_, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(64 * 1024);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    };
    await expect(send()).resolves.toEqual({ answer: '200' });
  });

  it('stops when nobody waits any more', async () => {
    listener = () => {};
    const controller = new AbortController();
    const sending = failure(send({ signal: controller.signal }));
    controller.abort();
    expect((await sending).message).toContain('could not be called');
  });

  it('tells neither secret nor token in any error', async () => {
    answers(500);
    const refused = await failure(send());
    server.closeAllConnections();
    await new Promise(done => server.close(done));
    const unreachable = await failure(
      webhookChannel(
        { name: 'pager', url: 'http://127.0.0.1:9/hook?token=t0ken', secret },
        () => now,
      ).send(message, { signal: new AbortController().signal }),
    );
    expect(unreachable.message).toBe(
      'The webhook pager at 127.0.0.1:9 could not be called: nothing listens there (connection refused)',
    );
    for (const { message: words, stack } of [refused, unreachable]) {
      expect(`${words} ${stack}`).not.toMatch(/t0ken|YS1zZWNyZXQ/);
    }
  });
});
