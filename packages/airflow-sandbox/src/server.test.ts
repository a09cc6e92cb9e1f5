import request from 'supertest';
import { createSandbox, demoFleet, startSandbox } from './index';

const NOW = Date.parse('2026-11-24T03:30:00Z');

function sandbox() {
  return createSandbox({ fleet: demoFleet(NOW), now: () => NOW });
}

describe('sandbox server', () => {
  it('lets nothing of an unreachable cluster through', async () => {
    const running = await startSandbox({ fleet: demoFleet(NOW), port: 0 });
    await expect(
      fetch(`${running.url}/research/api/v2/version`),
    ).rejects.toThrow();
    const other = await fetch(`${running.url}/prod-us/api/v2/version`);
    expect(other.status).toBe(200);
    running.setReachable('research', true);
    const back = await fetch(`${running.url}/research/api/v2/version`);
    expect(back.status).toBe(200);
    await running.close();
  });

  it('switches faults on by request, for as many times as asked', async () => {
    const { app } = sandbox();
    const dags = () =>
      request(app).get('/prod-eu/api/v1/dags').auth('admin', 'admin');
    const fault = await request(app)
      .post('/_sandbox/faults')
      .send({
        cluster: 'prod-eu',
        path: '/dags$',
        kind: 'rateLimit',
        retryAfter: 3,
        times: 2,
      })
      .expect(201);
    expect(fault.body.id).toBeDefined();
    const limited = await dags().expect(429);
    expect(limited.headers['retry-after']).toBe('3');
    await dags().expect(429);
    await dags().expect(200);
    await request(app)
      .post('/_sandbox/faults')
      .send({ kind: 'nonsense' })
      .expect(400);
  });

  it.each([
    ['status', { status: 503 }, 503, 'application/json'],
    ['html', {}, 200, 'text/html'],
    ['redirect', {}, 302, 'text/plain'],
    ['unauthorized', {}, 401, 'application/problem+json'],
    ['forbidden', {}, 403, 'application/problem+json'],
  ])('can answer with %s', async (kind, more, status, type) => {
    const { app } = sandbox();
    const fault = await request(app)
      .post('/_sandbox/faults')
      .send({ kind, ...more })
      .expect(201);
    const answer = await request(app)
      .get('/prod-eu/api/v1/dags')
      .redirects(0)
      .auth('admin', 'admin');
    expect([answer.status, answer.type]).toEqual([status, type]);
    await request(app).delete(`/_sandbox/faults/${fault.body.id}`).expect(204);
    await request(app)
      .get('/prod-eu/api/v1/dags')
      .auth('admin', 'admin')
      .expect(200);
  });

  it('cuts, spoils and drops answers', async () => {
    const running = await startSandbox({ fleet: demoFleet(NOW), port: 0 });
    const version = async () => {
      const answer = await fetch(`${running.url}/prod-us/api/v2/version`);
      return answer.json();
    };
    for (const kind of ['truncate', 'badJson', 'reset'] as const) {
      const { id } = running.addFault({ cluster: 'prod-us', kind });
      await expect(version()).rejects.toThrow();
      running.removeFault(id);
    }
    expect(await version()).toMatchObject({ version: '3.3.2' });
    await running.close();
  });

  it('fails each page that holds a poisoned row, and no other', async () => {
    const { app, control } = sandbox();
    control.addFault({
      cluster: 'prod-eu',
      kind: 'poisonedRow',
      dagId: 'branching',
    });
    const page = (query: string) =>
      request(app).get(`/prod-eu/api/v1/dags?${query}`).auth('admin', 'admin');
    const all = await page('limit=100').expect(500);
    expect(all.type).toBe('text/html');
    await page('limit=2&offset=0').expect(200);
    await page('limit=1&offset=2').expect(500);
    await page('limit=100&offset=3').expect(200);
  });

  it('upgrades a cluster under its clients', async () => {
    const { app } = sandbox();
    await request(app)
      .post('/_sandbox/clusters/prod-eu')
      .send({ version: '3.3.2' })
      .expect(200);
    const old = await request(app)
      .get('/prod-eu/api/v1/dags')
      .auth('admin', 'admin')
      .expect(404);
    expect(old.body.error).toContain('/api/v1 has been removed in Airflow 3');
    const version = await request(app)
      .get('/prod-eu/api/v2/version')
      .expect(200);
    expect(version.body.version).toBe('3.3.2');
    await request(app)
      .post('/_sandbox/clusters/nope')
      .send({ version: '3.3.2' })
      .expect(404);
  });

  it('lets components die and come back', async () => {
    const { app } = sandbox();
    const since = '2026-11-24T03:20:00Z';
    await request(app)
      .post('/_sandbox/clusters/prod-us')
      .send({ health: { scheduler: since } })
      .expect(200);
    const dead = await request(app)
      .get('/prod-us/api/v2/monitor/health')
      .expect(200);
    expect(dead.body.scheduler.status).toBe('unhealthy');
    expect(dead.body.triggerer.status).toBe('healthy');
    expect(
      Date.parse(dead.body.scheduler.latest_scheduler_heartbeat),
    ).toBeLessThanOrEqual(Date.parse(since));
    await request(app)
      .post('/_sandbox/clusters/prod-us')
      .send({ health: { scheduler: null } })
      .expect(200);
    await request(app)
      .get('/prod-us/api/v2/monitor/health')
      .expect(200, /"scheduler":\{[^}]*"status":"healthy"/);
  });

  it('counts requests per cluster and route, ids taken out', async () => {
    const { app } = sandbox();
    for (const id of ['load_orders', 'dunning']) {
      await request(app)
        .get(`/prod-eu/api/v1/dags/${id}/dagRuns?limit=1`)
        .auth('admin', 'admin')
        .expect(200);
    }
    await request(app)
      .get('/prod-eu/api/v1/dags/nope')
      .auth('admin', 'admin')
      .expect(404);
    const report = await request(app).get('/_sandbox/requests').expect(200);
    expect(report.body.routes).toContainEqual({
      cluster: 'prod-eu',
      route: 'GET /api/v1/dags/{dag_id}/dagRuns',
      count: 2,
      errors: 0,
    });
    expect(report.body).toMatchObject({
      total: 3,
      peakInFlight: { 'prod-eu': 1 },
    });
    await request(app).delete('/_sandbox/requests').expect(204);
    const empty = await request(app).get('/_sandbox/requests').expect(200);
    expect(empty.body.total).toBe(0);
  });
});
