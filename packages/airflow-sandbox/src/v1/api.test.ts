import request from 'supertest';
import { demoFleet } from '../fleet/demo';
import { createSandbox } from '../server';

const NOW = Date.parse('2026-11-24T03:30:00Z');
const API = '/prod-eu/api/v1';

function sandbox() {
  let now = NOW;
  const { app } = createSandbox({ fleet: demoFleet(NOW), now: () => now });
  const as = (user: string) => ({
    get: (path: string) =>
      request(app)
        .get(API + path)
        .auth(user, user),
    post: (path: string, body: object) =>
      request(app)
        .post(API + path)
        .auth(user, user)
        .send(body),
    patch: (path: string, body: object) =>
      request(app)
        .patch(API + path)
        .auth(user, user)
        .send(body),
    delete: (path: string) =>
      request(app)
        .delete(API + path)
        .auth(user, user),
  });
  return {
    app,
    admin: as('admin'),
    viewer: as('viewer'),
    wait: (s: number) => (now += s * 1000),
  };
}

const FAILED = encodeURIComponent('scheduled__2026-11-24T02:00:00+00:00');
const RUN = `/dags/load_orders/dagRuns/${FAILED}`;

describe('API v1', () => {
  it('serves version and health to anyone, everything else to users', async () => {
    const { app, viewer } = sandbox();
    const version = await request(app).get(`${API}/version`).expect(200);
    expect(version.body.version).toBe('2.11.2');
    const health = await request(app).get('/prod-eu/health').expect(200);
    expect(health.body.scheduler.status).toBe('healthy');
    const refused = await request(app).get(`${API}/dags`).expect(403);
    expect(refused.type).toBe('application/problem+json');
    expect(refused.body).toMatchObject({
      status: 403,
      title: 'Forbidden',
      detail: null,
    });
    await request(app).get(`${API}/dags`).auth('admin', 'wrong').expect(403);
    await viewer.get('/dags').expect(200);
    await viewer.get('/eventLogs').expect(403);
    await viewer.post('/dags/load_orders/dagRuns', {}).expect(403);
    await viewer.post('/dags/~/dagRuns/list', { page_limit: 1 }).expect(200);
  });

  it('lists DAGs by its own rules of paging, order and query keys', async () => {
    const { admin } = sandbox();
    const all = await admin.get('/dags?limit=0').expect(200);
    expect(all.body.dags).toHaveLength(all.body.total_entries);
    const tagged = await admin.get('/dags?tags=mail,orders').expect(200);
    const repeated = await admin.get('/dags?tags=mail&tags=orders').expect(200);
    expect(tagged.body).toEqual(repeated.body);
    expect(tagged.body.total_entries).toBe(4);
    const stale = await admin.get('/dags?only_active=false').expect(200);
    expect(stale.body.total_entries).toBe(all.body.total_entries + 1);
    for (const query of [
      'foo=1',
      'limit=x',
      'order_by=next_dagrun',
      'limit=-1',
    ]) {
      await admin.get(`/dags?${query}`).expect(400);
    }
    const few = await admin
      .get('/dags?fields=dag_id,is_paused&limit=1')
      .expect(200);
    expect(Object.keys(few.body.dags[0]).sort()).toEqual([
      'dag_id',
      'is_paused',
    ]);
  });

  it('shows a DAG, and forgets its owners in the details', async () => {
    const { admin } = sandbox();
    const dag = await admin.get('/dags/load_orders').expect(200);
    expect(dag.body).toMatchObject({
      owners: ['payments'],
      schedule_interval: { __type: 'CronExpression', value: '0 * * * *' },
      next_dagrun: '2026-11-24T03:00:00+00:00',
      next_dagrun_create_after: '2026-11-24T04:00:00+00:00',
    });
    const details = await admin.get('/dags/load_orders/details').expect(200);
    expect(details.body).toMatchObject({ owners: [], timezone: 'UTC' });
    const missing = await admin.get('/dags/nope').expect(404);
    expect(missing.body.title).toBe('DAG not found');
    const none = await admin.get('/dags/nope/dagRuns').expect(200);
    expect(none.body).toEqual({ dag_runs: [], total_entries: 0 });
  });

  it('lists runs by logical date and refuses what 2.x does not know', async () => {
    const { admin } = sandbox();
    const runs = await admin
      .get(
        '/dags/load_orders/dagRuns?order_by=-execution_date&limit=4&fields=dag_run_id,state',
      )
      .expect(200);
    expect(runs.body.dag_runs).toEqual([
      { dag_run_id: 'scheduled__2026-11-24T02:00:00+00:00', state: 'failed' },
      { dag_run_id: 'scheduled__2026-11-24T01:00:00+00:00', state: 'failed' },
      { dag_run_id: 'scheduled__2026-11-24T00:00:00+00:00', state: 'failed' },
      { dag_run_id: 'scheduled__2026-11-23T23:00:00+00:00', state: 'success' },
    ]);
    await admin.get('/dags/~/dagRuns?order_by=-run_after').expect(400);
    await admin
      .get('/dags/~/dagRuns?start_date_gte=2026-11-24T00:00:00')
      .expect(400);
    const failed = await admin
      .get(
        '/dags/~/dagRuns?state=failed,running&execution_date_gte=2026-11-23T00:00:00Z&limit=500',
      )
      .expect(200);
    const states = new Set(
      failed.body.dag_runs.map((r: { state: string }) => r.state),
    );
    expect([...states].every(s => s === 'failed' || s === 'running')).toBe(
      true,
    );
  });

  it('streams a log as text, and wraps it in a Python repr for JSON', async () => {
    const { admin } = sandbox();
    const path = `${RUN}/taskInstances/extract/logs/2`;
    const text = await admin
      .get(`${path}?full_content=true`)
      .set('Accept', 'text/plain')
      .expect(200);
    expect(text.type).toBe('text/plain');
    expect(text.text).toContain(
      'ERROR - Task failed with exception\nTraceback (most recent call last):',
    );
    expect(text.text).toContain(
      'The above exception was the direct cause of the following exception:',
    );
    const json = await admin
      .get(path)
      .set('Accept', 'application/json')
      .expect(200);
    expect(json.body.content).toMatch(/^\[\('worker-0', ["']/);
    const never = await admin
      .get(`${RUN}/taskInstances/extract/logs/9`)
      .set('Accept', 'text/plain')
      .expect(200);
    expect(never.text).toContain('Log file not found');
    await admin.get(`${RUN}/taskInstances/nope/logs/1`).expect(404);
  });

  it('serves a log of 100,000 lines whole', async () => {
    const { admin, wait } = sandbox();
    await admin
      .post('/dags/hundred_thousand_lines/dagRuns', { dag_run_id: 'big' })
      .expect(200);
    wait(30);
    const log = await admin
      .get(
        '/dags/hundred_thousand_lines/dagRuns/big/taskInstances/chatter/logs/1',
      )
      .set('Accept', 'text/plain')
      .expect(200);
    expect(log.text.split('\n').length).toBeGreaterThan(100_000);
  });

  it('asks for the map index of a task once it is expanded', async () => {
    const { admin } = sandbox();
    const runs = await admin
      .get(
        '/dags/mapped_images/dagRuns?state=success&order_by=-execution_date&limit=1',
      )
      .expect(200);
    const run = `/dags/mapped_images/dagRuns/${encodeURIComponent(
      runs.body.dag_runs[0].dag_run_id,
    )}/taskInstances`;
    const one = await admin.get(`${run}/resize`).expect(404);
    expect(one.body.detail).toContain('is mapped, add the map_index');
    const third = await admin.get(`${run}/resize/3`).expect(200);
    expect(third.body.map_index).toBe(3);
    const mapped = await admin
      .get(`${run}/resize/listMapped?limit=1000`)
      .expect(200);
    expect(mapped.body).toMatchObject({ total_entries: 2000 });
    expect(mapped.body.task_instances).toHaveLength(100);
    const all = await admin.get(run).expect(200);
    expect(all.body.total_entries).toBe(2002);
  });

  it('triggers, notes, clears by dry run first, and deletes', async () => {
    const { admin, wait } = sandbox();
    const made = await admin
      .post('/dags/load_orders/dagRuns', {
        dag_run_id: 'mine',
        conf: { fail: true },
        note: 'try',
      })
      .expect(200);
    expect(made.body).toMatchObject({
      state: 'queued',
      run_type: 'manual',
      external_trigger: true,
      note: 'try',
    });
    await admin
      .post('/dags/load_orders/dagRuns', { dag_run_id: 'mine' })
      .expect(409);
    await admin.post('/dags/load_orders/dagRuns', { foo: 1 }).expect(400);
    await admin
      .post('/dags/load_orders/dagRuns', { conf: { table: 5 } })
      .expect(400);
    const crash = await admin
      .post('/dags/load_orders/dagRuns', { dag_run_id: 'a b' })
      .expect(500);
    expect(crash.type).toBe('text/html');
    wait(20);
    const noted = await admin
      .patch('/dags/load_orders/dagRuns/mine/setNote', { note: 'seen' })
      .expect(200);
    expect(noted.body).toMatchObject({ note: 'seen', state: 'failed' });
    const clear = {
      dag_run_id: 'mine',
      task_ids: ['extract'],
      include_downstream: true,
      reset_dag_runs: true,
    };
    const dry = await admin
      .post('/dags/load_orders/clearTaskInstances', clear)
      .expect(200);
    expect(dry.body.task_instances[0]).toEqual({
      dag_id: 'load_orders',
      dag_run_id: 'mine',
      execution_date: made.body.execution_date,
      task_id: 'extract',
    });
    await admin
      .post('/dags/load_orders/clearTaskInstances', {
        ...clear,
        dry_run: false,
      })
      .expect(200);
    wait(20);
    const again = await admin.get('/dags/load_orders/dagRuns/mine').expect(200);
    expect(again.body.state).toBe('success');
    const tries = await admin
      .get('/dags/load_orders/dagRuns/mine/taskInstances/extract/tries')
      .expect(200);
    expect(tries.body.total_entries).toBe(3);
    await admin.delete('/dags/load_orders/dagRuns/mine').expect(204);
    await admin.get('/dags/load_orders/dagRuns/mine').expect(404);
    const events = await admin
      .get('/eventLogs?dag_id=load_orders&event=delete_dag_run')
      .expect(200);
    expect(events.body.total_entries).toBe(1);
  });

  it('marks tasks and runs', async () => {
    const { admin, wait } = sandbox();
    const dry = await admin
      .patch(`${RUN}/taskInstances/extract`, { new_state: 'success' })
      .expect(200);
    expect(dry.body).toMatchObject({
      task_id: 'extract',
      dag_id: 'load_orders',
    });
    await admin
      .get(`${RUN}/taskInstances/extract`)
      .expect(200, /"state":"failed"/);
    await admin
      .patch(`${RUN}/taskInstances/extract`, {
        new_state: 'success',
        dry_run: false,
      })
      .expect(200);
    await admin
      .get(`${RUN}/taskInstances/extract`)
      .expect(200, /"state":"success"/);
    wait(20);
    await admin.get(RUN).expect(200, /"state":"success"/);
    const marked = await admin.patch(RUN, { state: 'failed' }).expect(200);
    expect(marked.body.state).toBe('failed');
  });

  it('pauses a DAG', async () => {
    const { admin } = sandbox();
    const paused = await admin
      .patch('/dags/load_orders?update_mask=is_paused', { is_paused: true })
      .expect(200);
    expect(paused.body.is_paused).toBe(true);
    const list = await admin.get('/dags?paused=true&fields=dag_id').expect(200);
    expect(list.body.dags).toContainEqual({ dag_id: 'load_orders' });
    await admin.patch('/dags/nope', { is_paused: true }).expect(404);
    await admin
      .patch('/dags/load_orders?update_mask=tags', { is_paused: true })
      .expect(400);
  });

  it('lists what else a cluster has', async () => {
    const { admin } = sandbox();
    const errors = await admin.get('/importErrors').expect(200);
    expect(errors.body.import_errors[0].filename).toBe(
      '/opt/airflow/dags/billing/voucher_report.py',
    );
    const pools = await admin.get('/pools').expect(200);
    expect(pools.body.pools.map((p: { name: string }) => p.name)).toEqual([
      'default_pool',
      'db_1',
      'images',
    ]);
    const datasets = await admin.get('/datasets').expect(200);
    expect(datasets.body.total_entries).toBeGreaterThan(0);
    const uri = encodeURIComponent(datasets.body.datasets[0].uri);
    await admin.get(`/datasets/${uri}`).expect(200);
    await admin.get('/dagStats').expect(400);
    const stats = await admin
      .get('/dagStats?dag_ids=load_orders,nope')
      .expect(200);
    expect(stats.body.total_entries).toBe(1);
    for (const path of [
      '/datasets/events',
      '/dagWarnings',
      '/providers',
      '/plugins',
      '/dags/load_orders/tasks',
      '/dags/load_orders/tasks/extract',
    ]) {
      await admin.get(path).expect(200);
    }
    const dag = await admin.get('/dags/load_orders').expect(200);
    const source = await admin
      .get(`/dagSources/${dag.body.file_token}`)
      .set('Accept', 'text/plain')
      .expect(200);
    expect(source.text).toContain('def load_orders():');
  });

  it('answers unknown paths as the web server does', async () => {
    const { app, admin } = sandbox();
    const api = await admin.get('/nope').expect(404);
    expect(api.type).toBe('application/problem+json');
    const page = await request(app).get('/prod-eu/elsewhere').expect(404);
    expect(page.type).toBe('text/html');
    await request(app).get('/prod-eu/api/v2/version').expect(404);
  });
});
