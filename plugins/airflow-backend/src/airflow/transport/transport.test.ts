import { EventEmitter, once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { serve, type TestServer } from '../../__testUtils__/serve';
import { AirflowError } from '../errors';
import type { AirflowLimits } from '../options';
import { whole } from './body';
import type { TransportRequest } from './messages';
import { Transport } from './transport';

let server: TestServer;
let answer: RequestListener;
let asked: string[];

beforeAll(async () => {
  server = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

let transport: Transport;
afterEach(() => {
  jest.useRealTimers();
  return transport.close();
});

function open(limits: Partial<AirflowLimits> = {}) {
  transport = new Transport(
    {
      name: 'prod-eu',
      limits: {
        maxInFlight: 10,
        requestsPerMinute: 10_000,
        timeoutMs: 5_000,
        maxResponseBytes: 10_000,
        ...limits,
      },
    },
    { firstDelayMs: 1, longestDelayMs: 1 },
  );
}

function send(
  more: Partial<TransportRequest> = {},
  call: Parameters<Transport['send']>[1] = {},
) {
  const url = new URL(`${server.url}/api/v2/dags`);
  return transport.send({ method: 'GET', url, ...more }, call);
}

/** As a process does whose machine is suspended. */
function standStill(ms: number) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function json(response: ServerResponse, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end('{}');
}

describe('the transport', () => {
  it.each([
    ['an error 503', (response: ServerResponse) => json(response, 503)],
    ['a closed connection', (response: ServerResponse) => response.destroy()],
  ])('asks again after %s, and counts each request', async (_what, fail) => {
    open();
    answer = (_request, response) =>
      asked.length < 3 ? fail(response) : json(response);
    const onRequest = jest.fn();
    await expect(send({}, { onRequest })).resolves.toMatchObject({
      status: 200,
    });
    expect(asked).toHaveLength(3);
    expect(onRequest).toHaveBeenCalledTimes(3);
  });

  it.each(['POST', 'PATCH'] as const)(
    'never sends a %s twice, since the first may have been carried out',
    async method => {
      open();
      answer = (_request, response) => json(response, 503);
      await expect(send({ method, body: '{}' })).resolves.toMatchObject({
        status: 503,
      });
      answer = (_request, response) => response.destroy();
      await expect(send({ method, body: '{}' })).rejects.toMatchObject({
        code: 'unreachable',
      });
      expect(asked).toHaveLength(2);
    },
  );

  it('follows no redirect, so that credentials go nowhere else', async () => {
    open();
    answer = (_request, response) => {
      response.writeHead(307, { location: '/elsewhere' });
      response.end();
    };
    await expect(send()).resolves.toMatchObject({
      status: 307,
      headers: { location: '/elsewhere' },
    });
    expect(asked).toEqual(['GET /api/v2/dags']);
  });

  it('has as many requests open as may be of maxInFlight and no more', async () => {
    open({ maxInFlight: 3 });
    const held: ServerResponse[] = [];
    const arrivals = new EventEmitter();
    answer = (_request, response) => {
      held.push(response);
      arrivals.emit('one');
    };
    const all = Promise.all(Array.from({ length: 6 }, () => send()));
    for (let sent = 2; sent <= 6; sent += 2) {
      while (held.length < 2) await once(arrivals, 'one');
      expect(asked).toHaveLength(sent);
      held.splice(0).forEach(response => json(response));
    }
    await all;
  });

  it('stops where an answer grows too large, also when it is packed small', async () => {
    open({ maxResponseBytes: 1_000 });
    answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('x'.repeat(1_000_000)));
    };
    await expect(send()).rejects.toMatchObject({ code: 'too-large' });
  });

  it.each([
    ['sends nothing', () => {}, 'sent no answer within 1 seconds'],
    [
      'falls silent in the middle of an answer',
      (response: ServerResponse) => response.write('{"dags": ['),
      'fell silent in the middle of its answer within 1 seconds',
    ],
  ])('does not wait for a server that %s', async (_what, dawdle, words) => {
    open({ timeoutMs: 1_000 });
    answer = (_request, response) => dawdle(response);
    await expect(send()).rejects.toMatchObject({
      code: 'timeout',
      message: `Cluster prod-eu ${words}`,
    });
    expect(asked).toHaveLength(1);
  });

  it('does not wait for a server that never comes to the end of an answer', async () => {
    open({ timeoutMs: 1_000 });
    answer = (_request, response) => {
      const drops = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drops));
    };
    await expect(send()).rejects.toMatchObject({
      code: 'timeout',
      message: 'Cluster prod-eu did not complete its answer within 4 seconds',
    });
  });

  it('does not blame a server for a time in which the portal itself stood still', async () => {
    open({ timeoutMs: 300 });
    answer = (_request, response) => {
      json(response);
      standStill(1_300);
    };
    await expect(send()).resolves.toMatchObject({ status: 200 });
  });

  it('ends at once when its caller leaves, and gives the turn to the next', async () => {
    open({ maxInFlight: 1 });
    const left = new AbortController();
    answer = () => left.abort(new Error('the reader left'));
    await expect(send({}, { signal: left.signal })).rejects.toThrow(
      'the reader left',
    );
    answer = (_request, response) => json(response);
    await expect(send()).resolves.toMatchObject({ status: 200 });
  });

  it('leaves a cluster alone that asked for a long wait', async () => {
    open();
    answer = (_request, response) => {
      response.setHeader('retry-after', '60');
      json(response, 429);
    };
    await expect(send()).resolves.toMatchObject({ status: 429 });
    await expect(send()).rejects.toMatchObject({ code: 'circuit-open' });
    await expect(send({ method: 'POST' })).rejects.toMatchObject({
      code: 'circuit-open',
    });
    expect(asked).toHaveLength(1);
  });
});

describe('a streamed answer', () => {
  const stream = () =>
    transport.stream({ method: 'GET', url: new URL(`${server.url}/log`) });

  it('is read beyond maxResponseBytes', async () => {
    open({ maxResponseBytes: 10 });
    answer = (_request, response) => response.end('x'.repeat(100_000));
    const answered = await stream();
    let size = 0;
    if (!('stream' in answered)) throw new Error('it came whole');
    for await (const chunk of answered.stream) size += chunk.length;
    expect(size).toBe(100_000);
  });

  it('is read to its end by whoever begins after its connection has closed', async () => {
    open();
    // As much as undici holds by itself, so that it would be held up at the very end.
    const body = Buffer.alloc(64 * 1024, 'x');
    const closed = new Promise<void>(resolve => {
      answer = (_request, response) => {
        response.socket?.once('close', () => resolve());
        response.writeHead(200, {
          connection: 'close',
          'content-length': body.length,
        });
        response.write(body);
        response.end();
      };
    });
    const answered = await stream();
    if (!('stream' in answered)) throw new Error('it came whole');
    await closed;
    // The client hears of it a turn or two later.
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    let size = 0;
    for await (const chunk of answered.stream) size += chunk.length;
    expect(size).toBe(body.length);
  });

  it('comes in small pieces, however much has come before it is read', async () => {
    open();
    const closed = new Promise<void>(resolve => {
      answer = (_request, response) => {
        response.socket?.once('close', () => resolve());
        response.writeHead(200, { connection: 'close' });
        response.end(Buffer.alloc(8 * 1024 * 1024, 'x'));
      };
    });
    const answered = await stream();
    if (!('stream' in answered)) throw new Error('it came whole');
    await closed;
    const sizes: number[] = [];
    for await (const { length } of answered.stream) sizes.push(length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(8 * 1024 * 1024);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
  });

  it('gives the turn to the next when its reader leaves', async () => {
    open({ maxInFlight: 1 });
    answer = (_request, response) => response.write('x');
    const answered = await stream();
    if (!('stream' in answered)) throw new Error('it came whole');
    for await (const chunk of answered.stream) {
      expect(chunk).toHaveLength(1);
      break;
    }
    answer = (_request, response) => json(response);
    await expect(send()).resolves.toMatchObject({ status: 200 });
  });

  it('comes whole and within the limit where it is no good one', async () => {
    open({ maxResponseBytes: 10 });
    answer = (_request, response) => json(response, 404);
    await expect(stream()).resolves.toMatchObject({ status: 404, body: '{}' });
    answer = (_request, response) => {
      response.statusCode = 404;
      response.end('x'.repeat(100));
    };
    await expect(stream()).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('an answer that is read while it arrives', () => {
  const url = () => new URL(`${server.url}/api/v2/dags`);
  const begin = {
    suits: ({ status }: { status: number }) => status === 200,
    read: async (text: AsyncIterable<string>) => {
      for await (const piece of text) return piece;
      return '';
    },
  };

  it('is cut off where its reader needs no more, which gives the turn to the next', async () => {
    open({ maxInFlight: 1 });
    const cutOff = new Promise<void>(resolve => {
      answer = (_request, response) => {
        response.once('close', resolve);
        response.write('no JSON');
      };
    });
    await expect(
      transport.read({ method: 'GET', url: url() }, begin),
    ).resolves.toMatchObject({ status: 200, read: 'no JSON' });
    await cutOff;
    answer = (_request, response) => json(response);
    await expect(send()).resolves.toMatchObject({ status: 200 });
  });

  it('may be read for as long as it takes once all of it has come', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    open();
    answer = (_request, response) => json(response);
    const noJson = new AirflowError({
      code: 'invalid-response',
      cluster: 'prod-eu',
      attempted: 'GET /api/v2/dags',
      message: 'Cluster prod-eu gave an answer that cannot be read',
      hint: 'Look at it',
    });
    const slow = {
      ...begin,
      read: async (text: AsyncIterable<string>) => {
        await whole(text);
        await jest.advanceTimersByTimeAsync(60 * 60_000);
        throw noJson;
      },
    };
    await expect(
      transport.read({ method: 'GET', url: url() }, slow),
    ).rejects.toMatchObject({ code: 'invalid-response' });
  });

  it('is text where it is none of those', async () => {
    open();
    answer = (_request, response) => json(response, 404);
    await expect(
      transport.read({ method: 'GET', url: url() }, begin),
    ).resolves.toMatchObject({ status: 404, body: '{}' });
  });

  it('has all of it within the limit, and broken off is an error', async () => {
    open({ maxResponseBytes: 10 });
    const all = {
      ...begin,
      read: async (text: AsyncIterable<string>) => {
        let length = 0;
        for await (const piece of text) length += piece.length;
        return length;
      },
    };
    const read = () => transport.read({ method: 'GET', url: url() }, all);
    answer = (_request, response) => response.end('x'.repeat(10));
    await expect(read()).resolves.toMatchObject({ read: 10 });
    answer = (_request, response) => response.end('x'.repeat(11));
    await expect(read()).rejects.toMatchObject({ code: 'too-large' });
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('x', () => response.destroy());
    };
    await expect(read()).rejects.toMatchObject({ code: 'invalid-response' });
  });
});
