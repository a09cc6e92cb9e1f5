import { startPortal, type Portal } from '../__testUtils__/portal';

describe('what the API refuses', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
    await portal.refresh('prod-eu').expect(200);
  });
  afterAll(() => portal.stop());

  it.each([
    ['get', '/dags?limit=0', 400, { code: 'invalid-request', field: 'limit' }],
    ['get', '/dags?sort=colour', 400, { field: 'sort' }],
    ['get', '/dags?colour=red', 400, { field: 'colour' }],
    ['get', '/runs?dag_id=x', 400, { field: 'dag_id' }],
    ['get', '/clusters?verbose=1', 400, { field: 'verbose' }],
    ['get', '/clusters/prod-eu/activity?page=2', 400, { field: 'page' }],
    ['get', '/dags?cursor=x', 400, { code: 'invalid-request' }],
    ['get', '/runs?runAfterFrom=yesterday', 400, { field: 'runAfterFrom' }],
    ['get', '/clusters/nowhere', 404, { code: 'unknown-cluster' }],
    [
      'get',
      '/clusters/prod-eu/dags/no.such',
      404,
      { code: 'not-found', field: 'dagId' },
    ],
    [
      'get',
      '/clusters/prod-eu/dags/no.such/runs/none',
      404,
      { code: 'not-found', field: 'dagId' },
    ],
    ['get', '/nothing/here', 404, { code: 'not-found' }],
    [
      'post',
      '/clusters/research/dags/any/runs',
      403,
      { code: 'read-only', cluster: 'research' },
    ],
  ] as const)('%s %s: %d', async (method, path, status, problem) => {
    const answer =
      method === 'get' ? portal.get(path) : portal.post(path, { conf: {} });
    const { body } = await answer
      .expect('content-type', /application\/problem\+json/)
      .expect(status);
    expect(body).toMatchObject({ status, ...problem });
    expect(body.detail).toBeTruthy();
  });

  it('names the field of a body that is wrong', async () => {
    const { body } = await portal
      .post('/clusters/prod-eu/dags/any/runs', { runId: 'a b/c' })
      .expect(400);
    expect(body).toMatchObject({ code: 'invalid-request', field: 'runId' });
    const unknown = await portal
      .post('/clusters/prod-eu/dags/any/runs', { run_id: 'a' })
      .expect(400);
    expect(unknown.body).toMatchObject({ field: 'run_id' });
    const nan = await portal
      .post('/clusters/prod-eu/dags/any/runs')
      .type('json')
      .send('{"conf": {"share": NaN}}')
      .expect(400);
    expect(nan.body).toMatchObject({ field: 'conf.share' });
  });

  it('tells who is not signed in from who may not', async () => {
    const { body } = await portal
      .get('/clusters')
      .set('authorization', 'Bearer nonsense')
      .expect(401);
    expect(body.code ?? body.error.name).toMatch(/unauthenticated|Auth/);
  });

  it('serves the OpenAPI document to anybody', async () => {
    const { body } = await portal.get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
  });
});

describe('permissions', () => {
  let portal: Portal;
  let denied = '';

  beforeAll(async () => {
    portal = await startPortal({
      denies: permission => permission.name === denied,
    });
  });
  afterAll(() => portal.stop());

  it.each([
    ['airflow.cluster.read', 'get', '/clusters'],
    ['airflow.view', 'get', '/overview'],
    ['airflow.cluster.refresh', 'post', '/clusters/prod-eu/refresh'],
    ['airflow.cluster.refresh', 'post', '/clusters/prod-eu/test'],
    ['airflow.cluster.read', 'get', '/import-errors'],
    ['airflow.dag.read', 'get', '/dags'],
    ['airflow.dag.read', 'get', '/dag-facets'],
    ['airflow.dag.read', 'get', '/runs'],
    ['airflow.dag.read', 'get', '/clusters/prod-eu/dags/a'],
    ['airflow.dag.read', 'get', '/clusters/prod-eu/dags/a/details'],
    ['airflow.dag.read', 'get', '/clusters/prod-eu/dags/a/task-counts?runId=r'],
    ['airflow.dag.read', 'get', '/clusters/prod-eu/dags/a/runs/r'],
    ['airflow.dag.read', 'get', '/clusters/prod-eu/dags/a/runs/r/tasks'],
    [
      'airflow.dag.read',
      'get',
      '/clusters/prod-eu/dags/a/runs/r/tasks/t/tries',
    ],
    [
      'airflow.dag.log.read',
      'get',
      '/clusters/prod-eu/dags/a/runs/r/tasks/t/log?try=1',
    ],
    ['airflow.dag.trigger', 'post', '/clusters/prod-eu/dags/a/runs'],
    ['airflow.dag.pause', 'patch', '/clusters/prod-eu/dags/a'],
    ['airflow.dag.set-owner', 'patch', '/clusters/prod-eu/dags/a/owner'],
  ] as const)('without %s, %s %s is refused', async (name, method, path) => {
    denied = name;
    const answer = {
      get: () => portal.get(path),
      post: () => portal.post(path, path.endsWith('runs') ? {} : undefined),
      patch: () =>
        portal.patch(
          path,
          path.endsWith('/owner') ? { owner: null } : { paused: true },
        ),
    }[method]();
    const { body } = await answer.expect(403);
    expect(body).toMatchObject({ code: 'not-allowed' });
    expect(body.detail).toContain(name);
    expect(
      portal.audited().filter(({ status }) => status !== 'failed'),
    ).toEqual([]);
  });
});
