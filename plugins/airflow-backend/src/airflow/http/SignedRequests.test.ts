import type {
  AirflowAuthenticator,
  AirflowSignIn,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { z } from 'zod';
import { serve, type TestServer } from '../../__testUtils__/serve';
import { Transport } from '../transport';
import { SignedRequests } from './SignedRequests';

let server: TestServer;
let answer: RequestListener;
let asked: { target: string; headers: IncomingHttpHeaders }[];
let transport: Transport;

beforeAll(async () => {
  server = await serve((request, response) => {
    const { method, url, headers } = request;
    asked.push({ target: `${method} ${url}`, headers });
    answer(request, response);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  transport = new Transport({
    name: 'prod-eu',
    limits: {
      maxInFlight: 4,
      requestsPerMinute: 1_000,
      timeoutMs: 5_000,
      maxResponseBytes: 10_000,
    },
  });
});
afterEach(() => transport.close());

function apiWith(signer: Partial<AirflowAuthenticator>) {
  return new SignedRequests(
    'prod-eu',
    server.url,
    transport,
    {
      credentialKeys: 'auth.token',
      headers: async () => ({}),
      ...signer,
    },
    async () => 'v2',
  );
}

/** Answers with one body to one value of the header `authorization`, and with another to all others. */
function admit(token: string, refusal: [status: number, detail: string]) {
  answer = (request, response) => {
    const good = request.headers.authorization === token;
    const [status, detail] = good ? [200, 'welcome'] : refusal;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ detail }));
  };
}

/** Signs with the first token until it is refused, then with the next. */
function tokens(...all: string[]) {
  const refused = jest.fn<
    Promise<boolean>,
    Parameters<NonNullable<AirflowAuthenticator['refused']>>
  >(async () => all.shift() !== undefined);
  return { headers: async () => ({ authorization: all[0] }), refused };
}

const body = z.object({ detail: z.string() });
const request = { path: '/api/v2/dags' };

describe('a signed request', () => {
  it('carries the headers of the sign-in', async () => {
    admit('key', [401, '']);
    const api = apiWith({
      headers: async () => ({ authorization: 'key', tenant: 'eu' }),
    });
    await expect(
      api.json({ ...request, query: { limit: 1, state: ['a', 'b'] } }, body),
    ).resolves.toEqual({ detail: 'welcome' });
    expect(asked).toMatchObject([
      {
        target: 'GET /api/v2/dags?limit=1&state=a&state=b',
        headers: {
          authorization: 'key',
          tenant: 'eu',
          accept: 'application/json',
        },
      },
    ]);
  });

  it.each([
    [401, 'Token Expired'],
    [403, 'Invalid JWT token'],
  ])('is sent once more after a %d "%s"', async (status, detail) => {
    admit('new', [status, detail]);
    const { refused, ...signer } = tokens('old', 'new');
    const api = apiWith({ ...signer, refused });
    await expect(api.json(request, body)).resolves.toEqual({
      detail: 'welcome',
    });
    const headers = { authorization: 'old' };
    expect(refused.mock.calls).toEqual([
      [{ status, detail, headers }, expect.anything()],
    ]);
    expect(asked).toHaveLength(2);
  });

  it('is sent once more only once', async () => {
    admit('none', [401, 'Not authenticated']);
    await expect(
      apiWith(tokens('a', 'b', 'c')).json(request, body),
    ).rejects.toMatchObject({ code: 'unauthorized', httpStatus: 401 });
    expect(asked).toHaveLength(2);
  });

  it('is not sent again where the role is what lacks', async () => {
    admit('none', [403, 'Forbidden']);
    const refused = jest.fn(async () => false);
    await expect(
      apiWith({ refused }).json(request, body),
    ).rejects.toMatchObject({
      code: 'forbidden',
      message: "The portal's user may not do this on cluster prod-eu",
    });
    expect(refused).toHaveBeenCalledTimes(1);
    expect(asked).toHaveLength(1);
  });

  it('is also sent once more when it acts, for the first was not carried out', async () => {
    admit('new', [401, '']);
    const act = { ...request, method: 'POST', body: { conf: {} } } as const;
    await apiWith(tokens('old', 'new')).json(act, body);
    expect(asked.map(({ target }) => target)).toEqual([
      'POST /api/v2/dags',
      'POST /api/v2/dags',
    ]);
  });

  it.each([
    [
      'tells why',
      new AuthenticationError('the clock is wrong'),
      'The portal could not sign in to cluster prod-eu: the clock is wrong',
    ],
    [
      'tells what is out of order',
      new ServiceUnavailableError('the issuer is asleep'),
      'The portal could not sign in to cluster prod-eu: the issuer is asleep',
    ],
    [
      'keeps what it says to itself, which nobody meant to be shown',
      new Error('password hunter2 is wrong'),
      'The portal could not sign in to cluster prod-eu',
    ],
  ])(
    'is not sent when signing in fails, and %s',
    async (_what, error, words) => {
      const headers = async () => {
        throw error;
      };
      await expect(
        apiWith({ headers }).json(request, body),
      ).rejects.toMatchObject({
        code: 'unauthorized',
        message: words,
        hint: 'Check auth.token of cluster prod-eu',
      });
      expect(asked).toEqual([]);
    },
  );

  it.each([
    ['is out of order', new ServiceUnavailableError('asleep'), 2, undefined],
    [
      'refused the credentials',
      new AuthenticationError('who are you'),
      1,
      expect.any(Date),
    ],
  ])(
    'is signed anew by what %s as often as it should be',
    async (_what, error, times, retryAt) => {
      const headers = jest.fn(async () => {
        throw error;
      });
      const api = apiWith({ headers });
      for (let time = 0; time < 2; time += 1) {
        await expect(api.json(request, body)).rejects.toMatchObject({
          code: 'unauthorized',
          retryAt,
        });
      }
      expect(headers).toHaveBeenCalledTimes(times);
    },
  );

  it('that was under way when the credentials were refused is no reason to try them again', async () => {
    let answerLate = () => {};
    answer = ({ url }, response) => {
      const refuse = () =>
        response
          .writeHead(403, { 'content-type': 'application/json' })
          .end(JSON.stringify({ detail: null }));
      if (url === '/api/v1/late') answerLate = refuse;
      else refuse();
    };
    const api = apiWith({});
    const ask = (path: string) => api.json({ path }, body);
    const late = ask('/api/v1/late');
    late.catch(() => {});
    await expect(ask('/api/v1/soon')).rejects.toMatchObject({
      code: 'unauthorized',
    });
    const before = asked.length;
    answerLate();
    await expect(late).rejects.toMatchObject({ code: 'unauthorized' });
    expect(asked).toHaveLength(before);
  });

  it('counts the requests of its sign-in as its own', async () => {
    admit('key', [401, '']);
    const onRequest = jest.fn();
    const headers = async (signIn: AirflowSignIn) => {
      await signIn.request({ method: 'POST', url: `${server.url}/auth/token` });
      return { authorization: 'key' };
    };
    await apiWith({ headers }).json(request, body, { onRequest });
    expect(onRequest).toHaveBeenCalledTimes(2);
  });
});
