import type {
  AirflowAuthenticator,
  AirflowSignIn,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { UnsecuredJWT } from 'jose';
import { builtInAuthStrategies } from '.';

type Send = AirflowSignIn['request'];

const MINUTE_MS = 60_000;
const start = Date.parse('2026-11-24T03:00:00Z');

beforeEach(() => {
  jest.useFakeTimers({ now: start });
});
afterEach(() => jest.useRealTimers());

const noServer: Send = async () => {
  throw new Error('nothing is to be sent');
};

/** An authenticator whose sign-in asks what the test says. */
interface Signer {
  headers(): Promise<Record<string, string>>;
  refused(
    answer: Parameters<NonNullable<AirflowAuthenticator['refused']>>[0],
  ): Promise<boolean | undefined>;
}

function signerOf(
  auth: JsonObject & { type: string },
  request: Send = noServer,
  apiVersion: AirflowSignIn['apiVersion'] = async () => 'v2',
): Signer {
  const strategy = builtInAuthStrategies.find(({ type }) => type === auth.type);
  if (!strategy) throw new Error(`There is no strategy ${auth.type}`);
  const signer = strategy.fromConfig(new ConfigReader(auth))({
    cluster: 'prod-eu',
    baseUrl: 'https://airflow.example.com/eu',
  });
  const signIn = { apiVersion, request };
  return {
    headers: () => signer.headers(signIn),
    refused: async answer => signer.refused?.(answer, signIn),
  };
}

function reply(status: number, body: JsonObject) {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify(body) };
}

/** A token that lives for so long from now. */
function jwt(lifeMs: number): string {
  return new UnsecuredJWT({ sub: 'portal' })
    .setExpirationTime(new Date(Date.now() + lifeMs))
    .encode();
}

/** A server that gives token after token, each of which lives for so long. */
function tokensOf(lifeMs: number) {
  return jest.fn<ReturnType<Send>, Parameters<Send>>(async () =>
    reply(201, { access_token: jwt(lifeMs) }),
  );
}

const user = { username: 'portal', password: 'hunter2' };

describe('what goes with every request', () => {
  it.each([
    [{ type: 'none' }, {}],
    [
      { type: 'basic', username: 'portal', password: 'zwölf:34' },
      {
        authorization: `Basic ${Buffer.from('portal:zwölf:34').toString(
          'base64',
        )}`,
      },
    ],
    [{ type: 'token', token: 't0ken' }, { authorization: 'Bearer t0ken' }],
    [
      { type: 'headers', headers: { 'X-Api-Key': 'k3y', Tenant: 'eu' } },
      { 'x-api-key': 'k3y', tenant: 'eu' },
    ],
  ])('is fixed by %j', async (auth, headers) => {
    await expect(signerOf(auth).headers()).resolves.toEqual(headers);
  });

  it.each([
    [{ type: 'basic', username: 'portal' }, /auth|password/],
    [{ type: 'token' }, /token/],
    [{ type: 'headers' }, /headers/],
    [
      { type: 'oauth2', tokenUrl: 'idp', clientId: 'a', clientSecret: 'b' },
      /auth\.tokenUrl must be an http or https URL/,
    ],
  ])('needs the keys of its type: %j', (auth, words) => {
    expect(() => signerOf(auth)).toThrow(words);
  });
});

describe('the sign-in of Airflow 3', () => {
  const auth = { type: 'airflow3', ...user };

  it('exchanges user and password for a token, once for all who wait', async () => {
    const send = tokensOf(24 * 60 * MINUTE_MS);
    const signer = signerOf(auth, send);
    const token = jwt(24 * 60 * MINUTE_MS);
    await expect(
      Promise.all([signer.headers(), signer.headers(), signer.headers()]),
    ).resolves.toEqual(Array(3).fill({ authorization: `Bearer ${token}` }));
    expect(send.mock.calls).toEqual([
      [
        {
          method: 'POST',
          url: 'https://airflow.example.com/eu/auth/token',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(user),
        },
      ],
    ]);
  });

  it.each([
    ['a minute before its end', 60 * MINUTE_MS, 59 * MINUTE_MS],
    ['a tenth of a short life before its end', 2 * MINUTE_MS, 108_000],
  ])('gets a new token %s', async (_when, lifeMs, renewedAfterMs) => {
    const send = tokensOf(lifeMs);
    const signer = signerOf(auth, send);
    const first = await signer.headers();
    jest.advanceTimersByTime(renewedAfterMs - 1);
    await expect(signer.headers()).resolves.toEqual(first);
    expect(send).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1);
    await expect(signer.headers()).resolves.not.toEqual(first);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('keeps a token that does not tell its end for half an hour', async () => {
    const send = jest.fn(async () => reply(201, { jwt_token: 'opaque' }));
    const signer = signerOf(auth, send);
    await expect(signer.headers()).resolves.toEqual({
      authorization: 'Bearer opaque',
    });
    jest.advanceTimersByTime(28 * MINUTE_MS);
    await signer.headers();
    expect(send).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(2 * MINUTE_MS);
    await signer.headers();
    expect(send).toHaveBeenCalledTimes(2);
  });

  it.each([
    [401, 'Not authenticated', true],
    [403, 'Invalid JWT token', true],
    [403, 'Forbidden', false],
  ])(
    'after a %d "%s" gets a new token: %p',
    async (status, detail, renewed) => {
      const send = tokensOf(60 * MINUTE_MS);
      const signer = signerOf(auth, send);
      const headers = await signer.headers();
      jest.advanceTimersByTime(MINUTE_MS);
      await expect(signer.refused({ status, detail, headers })).resolves.toBe(
        renewed,
      );
      expect(send).toHaveBeenCalledTimes(renewed ? 2 : 1);
    },
  );

  it('gets one new token for all whose old one was refused', async () => {
    const send = tokensOf(60 * MINUTE_MS);
    const signer = signerOf(auth, send);
    const headers = await signer.headers();
    jest.advanceTimersByTime(MINUTE_MS);
    const refusal = { status: 401, detail: 'Token Expired', headers };
    await Promise.all([signer.refused(refusal), signer.refused(refusal)]);
    await expect(signer.refused(refusal)).resolves.toBe(true);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('gets a new token in place of the newest, however young, as after a clock was set', async () => {
    const send = tokensOf(60 * MINUTE_MS);
    const signer = signerOf(auth, send);
    const refused = async () =>
      signer.refused({
        status: 401,
        detail: 'Token Expired',
        headers: await signer.headers(),
      });
    await expect(refused()).resolves.toBe(true);
    await expect(refused()).resolves.toBe(true);
    expect(send).toHaveBeenCalledTimes(3);
  });

  it.each([
    [401, "Cluster prod-eu refused the portal's credentials"],
    [403, 'Airflow refused the user or the password'],
    [422, 'Airflow refused the user or the password'],
    [404, 'Cluster prod-eu has no sign-in as Airflow 3 has it'],
    [500, 'Cluster prod-eu answered with an error 500'],
  ])('tells what a %d means', async (status, message) => {
    const signer = signerOf(auth, async () => reply(status, {}));
    await expect(signer.headers()).rejects.toThrow(message);
  });
});

describe('the sign-in with user and password', () => {
  it('follows the version, also when it changes', async () => {
    let version: 'v1' | 'v2' = 'v1';
    const send = tokensOf(60 * MINUTE_MS);
    const signer = signerOf(
      { type: 'password', ...user },
      send,
      async () => version,
    );
    await expect(signer.headers()).resolves.toEqual({
      authorization: `Basic ${btoa('portal:hunter2')}`,
    });
    version = 'v2';
    await expect(signer.headers()).resolves.toEqual({
      authorization: expect.stringMatching(/^Bearer /),
    });
    expect(send).toHaveBeenCalledTimes(1);
  });
});

describe('the sign-in with OAuth 2 client credentials', () => {
  const auth = {
    type: 'oauth2',
    tokenUrl: 'https://idp.example.com/token',
    clientId: 'portal id',
    clientSecret: 'hunter:2',
  };

  it('asks for a token as RFC 6749 has it', async () => {
    const send = jest.fn<ReturnType<Send>, Parameters<Send>>(async () =>
      reply(200, { access_token: 'abc' }),
    );
    const signer = signerOf({ ...auth, scope: 'airflow read' }, send);
    await expect(signer.headers()).resolves.toEqual({
      authorization: 'Bearer abc',
    });
    expect(send.mock.calls).toEqual([
      [
        {
          method: 'POST',
          url: 'https://idp.example.com/token',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            authorization: `Basic ${btoa('portal%20id:hunter%3A2')}`,
          },
          body: 'grant_type=client_credentials&scope=airflow+read',
        },
      ],
    ]);
  });

  it.each([
    ['as long as it is told', { expires_in: 3_600 }, 59 * MINUTE_MS],
    ['as long as it is told in a string', { expires_in: '600' }, 9 * MINUTE_MS],
    ['five minutes when it is told nothing', {}, 270_000],
  ])('keeps a token for %s', async (_what, more, renewedAfterMs) => {
    const send = jest.fn(async () =>
      reply(200, { access_token: 'a', ...more }),
    );
    const signer = signerOf(auth, send);
    await signer.headers();
    jest.advanceTimersByTime(renewedAfterMs - 1);
    await signer.headers();
    expect(send).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1);
    await signer.headers();
    expect(send).toHaveBeenCalledTimes(2);
  });

  it.each([
    [
      'AuthenticationError',
      reply(400, { error: 'invalid_client', error_description: 'hunter:2' }),
      'idp.example.com gave no token (status 400, invalid_client)',
    ],
    [
      'ServiceUnavailableError',
      { status: 502, headers: {}, body: '<html>hunter:2</html>' },
      'idp.example.com gave no token (status 502)',
    ],
    [
      'ServiceUnavailableError',
      reply(200, {}),
      'idp.example.com gave no token (status 200)',
    ],
  ])('tells by %s why there is no token', async (name, answer, message) => {
    const signer = signerOf(auth, async () => answer);
    await expect(signer.headers()).rejects.toMatchObject({ name, message });
  });

  it('gets a new token when Airflow refuses the old one, and tries again after a failure', async () => {
    const send = jest.fn<ReturnType<Send>, Parameters<Send>>(async () =>
      reply(200, { access_token: 'a', expires_in: 3_600 }),
    );
    send.mockResolvedValueOnce(reply(503, {}));
    const signer = signerOf(auth, send);
    await expect(signer.headers()).rejects.toThrow('gave no token');
    const headers = await signer.headers();
    jest.advanceTimersByTime(MINUTE_MS);
    await expect(
      signer.refused({ status: 401, detail: '', headers }),
    ).resolves.toBe(true);
    expect(send).toHaveBeenCalledTimes(3);
  });
});
