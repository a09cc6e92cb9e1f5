import request from 'supertest';
import { demoFleet } from '../fleet/demo';
import { createSandbox } from '../server';

const NOW = Date.parse('2026-11-24T03:30:00Z');

async function sandbox(cluster = 'prod-us') {
  let now = NOW;
  const { app } = createSandbox({ fleet: demoFleet(NOW), now: () => now });
  const base = `/${cluster}/api/v2`;
  const as = async (user: string) => {
    const answer = await request(app)
      .post(`/${cluster}/auth/token`)
      .send({ username: user, password: user })
      .expect(201);
    const token = `Bearer ${answer.body.access_token}`;
    return {
      get: (path: string) =>
        request(app)
          .get(base + path)
          .set('Authorization', token),
      post: (path: string, body: object) =>
        request(app)
          .post(base + path)
          .set('Authorization', token)
          .send(body),
      patch: (path: string, body: object) =>
        request(app)
          .patch(base + path)
          .set('Authorization', token)
          .send(body),
      delete: (path: string) =>
        request(app)
          .delete(base + path)
          .set('Authorization', token),
    };
  };
  return {
    app,
    base,
    admin: await as('admin'),
    viewer: await as('viewer'),
    wait: (s: number) => (now += s * 1000),
  };
}

describe('API v2', () => {
  it('gives tokens, and tells missing, invalid, expired and forbidden apart', async () => {
    const { app, base, viewer, wait } = await sandbox();
    await request(app)
      .post('/prod-us/auth/token')
      .send({ username: 'admin', password: 'x' })
      .expect(401);
    await request(app)
      .get(`${base}/dags`)
      .expect(401, { detail: 'Not authenticated' });
    await request(app)
      .get(`${base}/dags`)
      .set('Authorization', 'Bearer a.b.c')
      .expect(403, { detail: 'Invalid JWT token' });
    await viewer.get('/dags').expect(200);
    await viewer.get('/eventLogs').expect(200);
    await viewer
      .patch('/dags/sync_crm', { is_paused: true })
      .expect(403, { detail: 'Forbidden' });
    wait(86_500);
    const expired = await viewer.get('/dags').expect(401);
    expect(expired.body).toEqual({ detail: 'Token Expired' });
  });

  it('lists DAGs by its own rules of paging, order and query keys', async () => {
    const { admin } = await sandbox();
    const none = await admin.get('/dags?limit=0').expect(200);
    expect(none.body.dags).toEqual([]);
    expect(none.body.total_entries).toBeGreaterThan(20);
    const ignored = await admin.get('/dags?foo=1').expect(200);
    expect(ignored.body.total_entries).toBe(none.body.total_entries);
    await admin.get('/dags?order_by=nope').expect(400);
    const wrong = await admin.get('/dags?limit=x').expect(422);
    expect(wrong.body.detail[0].loc).toEqual(['query', 'limit']);
    const any = await admin.get('/dags?tags=orders&tags=critical').expect(200);
    const all = await admin
      .get('/dags?tags=team:risk&tags=critical&tags_match_mode=all')
      .expect(200);
    expect(any.body.total_entries).toBe(3);
    expect(all.body.dags.map((d: { dag_id: string }) => d.dag_id)).toEqual([
      'risk_scores',
    ]);
    const failing = await admin
      .get('/dags?last_dag_run_state=failed')
      .expect(200);
    expect(
      failing.body.dags.map((d: { dag_id: string }) => d.dag_id),
    ).toContain('orders_replica_us');
    const owned = await admin
      .get('/dags?owners=crm&dag_id_pattern=SYNC')
      .expect(200);
    expect(owned.body.total_entries).toBe(1);
  });

  it('announces the next run in UTC and a DAG’s zone not at all', async () => {
    const { admin } = await sandbox();
    const dag = await admin.get('/dags/risk_scores').expect(200);
    expect(dag.body).toMatchObject({
      timetable_summary: '30 2 * * *',
      next_dagrun_run_after: '2026-11-24T07:30:00Z',
      owners: ['risk'],
    });
    const details = await admin.get('/dags/risk_scores/details').expect(200);
    expect(details.body.timezone).toBe('UTC');
    await admin.get('/dags/nope').expect(404);
    await admin.get('/dags/nope/dagRuns').expect(404);
    const unicode = await admin
      .get(`/dags/${encodeURIComponent('risques_déclarés')}`)
      .expect(200);
    expect(unicode.body.dag_display_name).toContain('autorité');
  });

  it('lists runs by run_after, by offset and by cursor alike', async () => {
    const { admin } = await sandbox();
    await admin.get('/dags/~/dagRuns?order_by=-execution_date').expect(400);
    const naive = await admin
      .get('/dags/~/dagRuns?run_after_gte=2026-11-24T00:00:00')
      .expect(500);
    expect(naive.body.detail.reason).toBe('Database error');
    await admin.get('/dags/~/dagRuns?state=failed,success').expect(422);
    const query =
      '/dags/~/dagRuns?order_by=-run_after&run_after_gte=2026-11-23T12:00:00Z';
    const ids = (body: {
      dag_runs: Array<{ dag_id: string; dag_run_id: string }>;
    }) => body.dag_runs.map(r => `${r.dag_id} ${r.dag_run_id}`);
    const whole: string[] = [];
    for (let offset = 0; ; offset = whole.length) {
      const page = await admin
        .get(`${query}&limit=1000&offset=${offset}`)
        .expect(200);
      expect(page.body.dag_runs.length).toBeLessThanOrEqual(100);
      if (page.body.dag_runs.length === 0) break;
      whole.push(...ids(page.body));
    }
    const walked: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: request.Response = await admin
        .get(`${query}&limit=17&cursor=${cursor}`)
        .expect(200);
      walked.push(...ids(page.body));
      expect(page.body.total_entries).toBe(whole.length);
      cursor = page.body.next_cursor;
    }
    expect(walked).toEqual(whole);
    await admin
      .get('/dags/~/dagRuns?cursor=zzz')
      .expect(400, { detail: 'Invalid cursor token' });
  });

  it('streams a log as ndjson with the traceback structured', async () => {
    const { admin } = await sandbox();
    const runs = await admin
      .get(
        '/dags/orders_replica_us/dagRuns?order_by=-run_after&limit=1&state=failed',
      )
      .expect(200);
    const run = encodeURIComponent(runs.body.dag_runs[0].dag_run_id);
    const path = `/dags/orders_replica_us/dagRuns/${run}/taskInstances/extract/logs`;
    const log = await admin
      .get(`${path}/1`)
      .set('Accept', 'application/x-ndjson')
      .expect(200);
    expect(log.type).toBe('application/x-ndjson');
    const body = log.text ?? Buffer.from(log.body).toString('utf8');
    const lines = body
      .trim()
      .split('\n')
      .map(l => JSON.parse(l));
    const error = lines.find(l => l.error_detail);
    expect(
      error.error_detail.map((e: { exc_type: string; is_cause: boolean }) => [
        e.exc_type,
        e.is_cause,
      ]),
    ).toEqual([
      ['RuntimeError', false],
      ['ConnectionRefusedError', true],
    ]);
    const json = await admin
      .get(`${path}/1`)
      .set('Accept', 'application/json')
      .expect(200);
    expect(json.body.content).toHaveLength(lines.length);
    expect(json.body.continuation_token).toBeNull();
    await admin
      .get(`${path}/9`)
      .set('Accept', 'application/x-ndjson')
      .expect(404, { detail: 'TaskInstance not found' });
    await admin.get(`${path}/1`).set('Accept', 'text/plain').expect(406);
  });

  it('triggers only with the key logical_date, and only what fits', async () => {
    const { admin, wait } = await sandbox();
    const path = '/dags/model_backtest/dagRuns';
    const missing = await admin.post(path, {}).expect(422);
    expect(missing.body.detail[0]).toMatchObject({
      type: 'missing',
      loc: ['body', 'logical_date'],
    });
    const extra = await admin
      .post(path, { logical_date: null, foo: 1 })
      .expect(422);
    expect(extra.body.detail[0]).toMatchObject({
      type: 'extra_forbidden',
      loc: ['body', 'foo'],
    });
    await admin
      .post(path, { logical_date: null, dag_run_id: 'a b' })
      .expect(400);
    const bad = await admin
      .post(path, { logical_date: null, conf: { number: 1000 } })
      .expect(400);
    expect(bad.body.detail).toContain('greater than the maximum of 100');
    const made = await admin
      .post(path, {
        logical_date: null,
        dag_run_id: 'mine',
        conf: { number: 7 },
      })
      .expect(200);
    expect(made.body).toMatchObject({
      state: 'queued',
      logical_date: null,
      triggered_by: 'rest_api',
      triggering_user_name: 'admin',
    });
    const twice = await admin
      .post(path, { logical_date: null, dag_run_id: 'mine' })
      .expect(409);
    expect(twice.body.detail.reason).toBe('Unique constraint violation');
    wait(20);
    const done = await admin.get(`${path}/mine`).expect(200);
    expect(done.body.state).toBe('success');
    const noted = await admin
      .patch(`${path}/mine`, { note: 'looked at' })
      .expect(200);
    expect(noted.body.note).toBe('looked at');
    await admin.delete(`${path}/mine`).expect(204);
    await admin.get(`${path}/mine`).expect(404);
  });

  it('clears one mapped instance alone, by dry run first', async () => {
    const { admin, wait } = await sandbox();
    const runs = await admin
      .get('/dags/sync_crm/dagRuns?state=success&order_by=-run_after&limit=1')
      .expect(200);
    const runId = runs.body.dag_runs[0].dag_run_id;
    const path = `/dags/sync_crm/dagRuns/${encodeURIComponent(
      runId,
    )}/taskInstances`;
    await admin.get(`${path}/pull`).expect(404, {
      detail: 'Task instance is mapped, add the map_index value to the URL',
    });
    const body = {
      dag_run_id: runId,
      task_ids: [['pull', 3]],
      only_failed: false,
    };
    const dry = await admin
      .post('/dags/sync_crm/clearTaskInstances', body)
      .expect(200);
    expect(
      dry.body.task_instances.map((t: { map_index: number }) => t.map_index),
    ).toEqual([3]);
    await admin
      .post('/dags/sync_crm/clearTaskInstances', { ...body, dry_run: false })
      .expect(200);
    wait(20);
    const third = await admin.get(`${path}/pull/3`).expect(200);
    expect(third.body).toMatchObject({
      state: 'success',
      try_number: 2,
      max_tries: 2,
    });
    const fourth = await admin.get(`${path}/pull/4`).expect(200);
    expect(fourth.body.try_number).toBe(1);
    const tries = await admin.get(`${path}/pull/3/tries`).expect(200);
    expect(tries.body.total_entries).toBe(2);
  });

  it('marks a task once and says when there is nothing to mark', async () => {
    const { admin } = await sandbox();
    const runs = await admin
      .get(
        '/dags/orders_replica_us/dagRuns?state=failed&order_by=-run_after&limit=1',
      )
      .expect(200);
    const path = `/dags/orders_replica_us/dagRuns/${encodeURIComponent(
      runs.body.dag_runs[0].dag_run_id,
    )}/taskInstances/extract`;
    const dry = await admin
      .patch(`${path}/dry_run`, { new_state: 'success' })
      .expect(200);
    expect(dry.body).toMatchObject({
      total_entries: 1,
      task_instances: [{ state: 'failed' }],
    });
    await admin
      .patch(path, { new_state: 'success', dry_run: true })
      .expect(422);
    const marked = await admin
      .patch(path, { new_state: 'success' })
      .expect(200);
    expect(marked.body.task_instances[0].state).toBe('success');
    await admin
      .patch(path, { new_state: 'success' })
      .expect(409, { detail: 'Task id extract is already in success state' });
  });

  it('lists who waits for a person and takes the answer', async () => {
    const { admin, wait } = await sandbox();
    const waiting = await admin
      .get('/dags/~/dagRuns/~/hitlDetails?response_received=false')
      .expect(200);
    const [first] = waiting.body.hitl_details;
    expect(first).toMatchObject({
      options: ['Approve', 'Reject'],
      response_received: false,
      task_instance: { state: 'awaiting_input' },
    });
    const run = `/dags/limit_changes/dagRuns/${encodeURIComponent(
      first.task_instance.dag_run_id,
    )}`;
    const path = `${run}/taskInstances/approve/-1/hitlDetails`;
    await admin.patch(path, { chosen_options: ['Maybe'] }).expect(400);
    await admin.patch(path, { chosen_options: ['Approve'] }).expect(200);
    wait(120);
    await admin.get(run).expect(200, /"state":"success"/);
    await admin.patch(path, { chosen_options: ['Approve'] }).expect(409);
  });

  it('lists what else a cluster has', async () => {
    const { admin } = await sandbox();
    const errors = await admin.get('/importErrors').expect(200);
    expect(errors.body.import_errors[0].filename).toBe(
      'marketing/influencer_costs.py',
    );
    const jobs = await admin.get('/jobs?job_type=SchedulerJob').expect(200);
    expect(jobs.body.jobs).toHaveLength(1);
    const tags = await admin.get('/dagTags?tag_name_pattern=team').expect(200);
    expect(tags.body.tags).toContain('team:crm');
    await admin.get('/backfills').expect(422);
    for (const path of [
      '/pools',
      '/assets',
      '/assets/events',
      '/dagStats?dag_ids=sync_crm',
      '/dagWarnings',
      '/providers',
      '/plugins',
      '/eventLogs',
      '/dags/sync_crm/tasks',
      '/dags/sync_crm/tasks/merge',
      '/dags/sync_crm/dagVersions',
      '/dagSources/sync_crm',
      '/backfills?dag_id=sync_crm',
    ]) {
      await admin.get(path).expect(200);
    }
  });

  it('answers unknown paths as the api server does', async () => {
    const { app, admin } = await sandbox();
    await admin.get('/nope').expect(404, { error: 'API route not found' });
    const old = await request(app).get('/prod-us/api/v1/dags').expect(404);
    expect(old.body.error).toContain('has been removed in Airflow 3');
    const page = await request(app).get('/prod-us/wrong').expect(200);
    expect(page.type).toBe('text/html');
  });

  it('lacks on 3.1 what came later', async () => {
    const { admin } = await sandbox('staging-eu');
    const dags = await admin.get('/dags').expect(200);
    expect(dags.body.dags[0]).not.toHaveProperty('is_backfillable');
    const runs = await admin
      .get('/dags/~/dagRuns?order_by=-run_after&limit=150&cursor=')
      .expect(200);
    expect(runs.body.dag_runs).toHaveLength(150);
    expect(runs.body).not.toHaveProperty('next_cursor');
    expect(runs.body.dag_runs[0]).not.toHaveProperty('partition_key');
    await admin
      .post('/dags/sync_crm/dagRuns', {
        logical_date: null,
        partition_key: 'x',
      })
      .expect(422);
  });
});
