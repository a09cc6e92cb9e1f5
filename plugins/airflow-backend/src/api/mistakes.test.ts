import { gzipSync } from 'node:zlib';
import type { Test } from 'supertest';
import { startPortal, type Portal } from '../__testUtils__/portal';

const RUNS = '/clusters/prod-eu/dags/any/runs';

describe("a caller's mistakes", () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.stop());

  /** Nobody who runs the portal is told of what only its caller can mend. */
  afterEach(() => {
    const failed = portal.logged().filter(line => line.includes('failed'));
    if (failed.length > 0) throw new Error(failed.join('\n'));
  });

  it.each([
    '/clusters/%E0%A4%A',
    '/clusters/prod-eu/dags/%',
    '/clusters/prod-eu/dags/a%FFb/runs',
  ])('a path that cannot be decoded is 400: %s', async path => {
    const { body } = await portal.get(path).expect(400);
    expect(body).toMatchObject({ code: 'invalid-request', field: 'path' });
  });

  it.each([
    ['/clusters/prod%00eu', 'cluster'],
    ['/dags?text=a%00b', 'text'],
    ['/dags?cluster=a&cluster=%00', 'cluster.1'],
  ])('a NUL is refused by the name of its field: %s', async (path, field) => {
    const { body } = await portal.get(path).expect(400);
    expect(body).toMatchObject({ code: 'invalid-request', field });
  });

  it('half of a letter in a body is refused by the name of its field', async () => {
    const { body } = await portal
      .post(RUNS)
      .type('json')
      .send('{"note": "\\ud800"}')
      .expect(400);
    expect(body).toMatchObject({ code: 'invalid-request', field: 'note' });
  });

  it.each([
    [{ 'content-type': 'application/json; charset=klingon' }, 'content-type'],
    [{ 'content-type': 'text/plain' }, 'content-type'],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 'content-type'],
    [
      { 'content-type': 'application/json', 'content-encoding': 'rot13' },
      'content-encoding',
    ],
  ])('what the body is called is 415: %o', async (headers, field) => {
    const { body } = await portal
      .post(RUNS)
      .set(headers)
      .send('{"conf": {}}')
      .expect(415);
    expect(body).toMatchObject({ code: 'unsupported-media-type', field });
  });

  it.each([
    ['is no gzip', Buffer.from('{"conf": {}}')],
    ['is cut short', gzipSync('{"conf": {}}').subarray(0, 20)],
  ])('gzip that %s is 400', async (_, bytes) => {
    const { body } = await sendPacked(portal, bytes).expect(400);
    expect(body).toMatchObject({ code: 'invalid-request', field: 'body' });
    expect(body.detail).toContain('content encoding');
  });

  it('a body above a megabyte is 413, packed or not', async () => {
    const large = JSON.stringify({ note: 'a'.repeat(1_100_000) });
    const plain = await portal.post(RUNS).type('json').send(large).expect(413);
    expect(plain.body).toMatchObject({ code: 'body-too-large', field: 'body' });
    await sendPacked(portal, gzipSync(large)).expect(413);
  });

  it.each(['{', 'nothing', '{"conf": {}} and more', "{'conf': {}}"])(
    'a body that is not JSON is 400: %s',
    async text => {
      const { body } = await portal
        .post(RUNS)
        .type('json')
        .send(text)
        .expect(400);
      expect(body).toMatchObject({ code: 'invalid-request', field: 'body' });
    },
  );

  it('nesting of any depth is refused like any other mistake', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    for (const text of [deep, `{"conf": ${deep}}`, `{"note": ${deep}}`]) {
      const { status } = await portal.post(RUNS).type('json').send(text);
      expect(status).toBe(400);
    }
  });

  it.each([
    { 'content-type': 'application/json; charset=klingon' },
    { 'content-encoding': 'rot13' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    { 'content-type': 'application/json', 'content-length': '0' },
    { accept: 'text/html', 'accept-encoding': 'rot13' },
    { 'accept-charset': 'klingon', 'accept-language': '*' },
  ])('headers that do no harm are no reason to refuse: %o', async headers => {
    const read = await portal.get('/clusters').set(headers);
    const tested = await portal
      .post('/clusters/prod-eu/test')
      .set({ ...headers, 'content-length': '0' });
    expect([read.status, tested.status]).toEqual([200, 200]);
  });

  it.each([
    ['delete', '/clusters/prod-eu', 'GET, HEAD'],
    ['post', '/clusters', 'GET, HEAD'],
    ['put', '/clusters/prod-eu/dags/any', 'GET, HEAD, PATCH'],
    ['get', '/clusters/prod-eu/refresh', 'POST'],
    ['delete', '/alerts/acknowledge', 'POST'],
    ['post', '/openapi.json', 'GET, HEAD'],
    ['options', '/dags', 'GET, HEAD'],
  ] as const)(
    '%s %s is 405 and tells what is allowed',
    async (method, path, allow) => {
      const { body } = await portal
        .ask(method, path)
        .expect(405)
        .expect('allow', allow);
      expect(body).toMatchObject({ code: 'method-not-allowed', status: 405 });
    },
  );

  it('no method reaches what there is not', async () => {
    const { status } = await portal.ask('delete', '/clusters/prod-eu/none');
    expect(status).toBe(404);
  });
});

/** Written as it is: what is sent whole would be made JSON again. */
function sendPacked(portal: Portal, bytes: Buffer): Test {
  const test = portal.ask('post', RUNS).type('json');
  test.set('content-encoding', 'gzip').write(bytes);
  return test;
}
