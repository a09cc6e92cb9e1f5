import { airflowWords, errorOf } from './answers';

const asked = {
  cluster: 'prod-eu',
  attempted: 'GET /api/v2/dags',
  credentialKeys: 'auth.token',
  secrets: ['t0ken-of-the-portal'],
};

function answered(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  return errorOf(
    {
      status,
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    asked,
  );
}

describe('what an answer amounts to', () => {
  it.each([
    [200, { dags: [] }],
    [201, {}],
    [204, ''],
  ])('%d is a good one', (status, body) => {
    expect(answered(status, body)).toBeUndefined();
  });

  const html = { 'content-type': 'text/html; charset=utf-8' };

  it.each([
    ['', undefined],
    ['Duplicate request', undefined],
    ['<!doctype html><title>Sign in</title>', 'not-an-airflow'],
  ])(
    'created, said in HTML as Airflow 2 does with %j, is judged by what it holds',
    (body, code) => {
      expect(answered(201, body, html)?.code).toBe(code);
      expect(answered(200, body, html)?.code).toBe('not-an-airflow');
    },
  );

  it.each([
    [401, {}, 'unauthorized', "refused the portal's credentials"],
    [403, { detail: 'Invalid JWT token' }, 'unauthorized', 'refused'],
    [403, { detail: 'Forbidden' }, 'forbidden', 'may not do this on cluster'],
    [
      404,
      { detail: 'DAG a not found' },
      'airflow-not-found',
      'DAG a not found',
    ],
    [404, { error: 'API route not found' }, 'not-an-airflow', 'no such API'],
    [
      404,
      { error: '/api/v1 has been removed in Airflow 3' },
      'not-an-airflow',
      'no such API',
    ],
    [407, {}, 'unreachable', 'the proxy asks for a sign-in'],
    [409, { detail: 'already exists' }, 'airflow-conflict', 'already exists'],
    [422, { detail: 'no such state' }, 'airflow-bad-request', 'no such state'],
    [429, {}, 'rate-limited', 'asks for fewer requests'],
    [500, { title: 'Database error' }, 'server-error', '500: Database error'],
  ])('%d %j is told as %s', (status, body, code, words) => {
    expect(answered(status, body)).toMatchObject({
      code,
      cluster: 'prod-eu',
      httpStatus: status,
      message: expect.stringContaining(words),
    });
  });

  it.each([
    [
      'https://airflow.example.com/eu/?next=secret',
      'not-an-airflow',
      'Cluster prod-eu answered with a redirect to another address',
    ],
    [
      'https://me:secret@login.example.com/oauth2/authorize?state=secret',
      'unauthorized',
      'Cluster prod-eu wants a sign-in in a browser',
    ],
    [
      '/login/?next=secret',
      'unauthorized',
      'Cluster prod-eu wants a sign-in in a browser',
    ],
  ])('a redirect to %s is told as %s', (location, code, message) => {
    const error = answered(302, '', { location });
    expect(error).toMatchObject({ code, message });
    expect(JSON.stringify(error)).not.toContain(location.split('?')[0]);
  });

  it('tells how long Airflow asks to wait', () => {
    expect(answered(429, {}, { 'retry-after': '30' })).toMatchObject({
      retryAfterMs: 30_000,
    });
  });
});

describe("Airflow's own words", () => {
  it.each([
    [
      'where and why a value is refused, but not the value',
      {
        detail: [
          { loc: ['body', 'conf'], msg: 'Field required', input: 'secret' },
          { loc: ['query', 'limit'], type: 'int' },
        ],
      },
      'body.conf: Field required; query.limit: is not valid',
    ],
    [
      'the reason of a database error, but not its statement',
      { detail: { reason: 'Unique constraint', statement: 'INSERT secret' } },
      'Unique constraint',
    ],
    [
      'nothing of what was sent to be known by',
      { detail: 'bad header Bearer t0ken-of-the-portal' },
      'bad header Bearer …',
    ],
    ['one line', { detail: 'one\n\ttwo\u0000' }, 'one two '],
    ['so much', { detail: 'x'.repeat(10_000) }, 'x'.repeat(500)],
    ['nothing where there is nothing', { detail: null }, undefined],
  ])('are %s', (_what, body, words) => {
    expect(airflowWords(JSON.stringify(body), asked.secrets)).toBe(words);
  });
});
