import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import request from 'supertest';
import { startPortal, type Portal } from '../__testUtils__/portal';

const clusters = [
  { cluster: 'prod-eu', api: 'v1', dagId: 'refund_sync' },
  { cluster: 'prod-us', api: 'v2', dagId: 'newsletter_optouts' },
];

/** As if somebody did it in Airflow itself. */
async function inAirflow(
  portal: Portal,
  { cluster, api }: (typeof clusters)[number],
  method: 'delete' | 'post',
  what: string,
  body?: object,
) {
  const airflow = request(portal.sandbox.url);
  const token = await airflow
    .post(`/${cluster}/auth/token`)
    .send({ username: 'admin', password: 'admin' });
  const signed = airflow[method](`/${cluster}/api/${api}${what}`);
  const answer = await (api === 'v1'
    ? signed.auth('admin', 'admin')
    : signed.auth(token.body.access_token, { type: 'bearer' })
  ).send(body);
  expect([200, 204]).toContain(answer.status);
}

/** Whatever the hour: Airflow deletes no DAG of which a run goes on. */
async function endRuns(
  portal: Portal,
  { cluster, dagId }: (typeof clusters)[number],
) {
  const { body } = await portal
    .get(`/runs?cluster=${cluster}&dagId=${dagId}&state=running`)
    .expect(200);
  const { items } = airflowEndpoints.listRuns.response.parse(body);
  for (const { runId } of items) {
    const run = `/clusters/${cluster}/dags/${dagId}/runs/${encodeURIComponent(
      runId,
    )}`;
    await portal.post(`${run}/mark`, { state: 'failed' }).expect(200);
  }
}

describe.each(clusters)('a DAG gone from $cluster', place => {
  const { cluster, dagId } = place;
  const path = `/clusters/${cluster}/dags/${dagId}`;
  let portal: Portal;
  let runPath: string;

  beforeAll(async () => {
    portal = await startPortal();
    await portal.refresh(cluster).expect(200);
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&dagId=${dagId}&state=success&limit=1`)
      .expect(200);
    const [run] = airflowEndpoints.listRuns.response.parse(body).items;
    runPath = `${path}/runs/${encodeURIComponent(run.runId)}`;
    await endRuns(portal, place);
    await inAirflow(portal, place, 'delete', `/dags/${dagId}`);
    await portal.refresh(cluster).expect(200);
  });
  afterAll(() => portal.stop());

  it('is shown with its history, marked as gone', async () => {
    const { body } = await portal.get(path).expect(200);
    expect(body).toMatchObject({
      goneAt: expect.any(String),
      nextRunAt: null,
    });
    expect(body.recentRuns.length).toBeGreaterThan(1);
    await portal.get(`${path}/statistics`).expect(200);
    const calendar = await portal
      .get(`${path}/calendar?from=2026-01-01&to=2026-12-31`)
      .expect(200);
    expect(calendar.body.items).not.toEqual([]);
  });

  it('is listed only where somebody asks for what is gone', async () => {
    const listed = async (more: string) => {
      const { body } = await portal.get(
        `/dags?cluster=${cluster}&text=${dagId}${more}`,
      );
      return body.items.map((dag: { dagId: string }) => dag.dagId);
    };
    expect(await listed('')).toEqual([]);
    expect(await listed('&includeGone=true')).toEqual([dagId]);
    const found = await portal.get('/dag-documents?limit=250').expect(200);
    expect(JSON.stringify(found.body)).not.toContain(dagId);
  });

  it('has runs that are shown as they were stored', async () => {
    const { body } = await portal.get(runPath).expect(200);
    expect(body).toMatchObject({ state: 'success', gone: true, stale: false });
  });

  it.each([
    'structure',
    'details',
    'source',
    'task-counts?runId=RUN',
    'task-summaries?runId=RUN',
    'task-statistics',
    'assets',
    'versions',
    'runs/RUN/tasks',
    'runs/RUN/tasks/extract/tries',
    'runs/RUN/tasks/extract/log?try=1',
    'runs/RUN/tasks/extract/facts',
  ])('has no error in what Airflow cannot tell of it (%s)', async what => {
    const run = runPath.split('/').at(-1) ?? '';
    const { status, body } = await portal.get(
      `${path}/${what.replace('RUN', run)}`,
    );
    expect(['told', 'not-found', 'gone']).toContain(
      status === 200 ? 'told' : body.code,
    );
  });

  it('leaves nothing to delete, and the answer says what stays', async () => {
    const { body: before } = await portal.get(path).expect(200);
    const { body } = await portal
      .post(`${path}/delete`, { confirm: dagId })
      .expect(410);
    expect(body).toMatchObject({
      code: 'gone',
      field: 'dagId',
      hint: expect.stringContaining('airflow.retention.runs'),
    });
    const { body: after } = await portal.get(path).expect(200);
    expect(after).toMatchObject({
      goneAt: before.goneAt,
      recentRuns: before.recentRuns,
    });
  });

  it('is not triggered, and the answer says why', async () => {
    const { body } = await portal.post(`${path}/runs`, {}).expect(404);
    expect(body).toMatchObject({ code: 'not-found', field: 'dagId' });
  });
});

type Asked = [method: 'get' | 'post' | 'patch', path: string, sent?: object];

/** Everything with a task in its path. */
const ofTask: Asked[] = [
  ['get', '/tasks/TASK/tries'],
  ['get', '/tasks/TASK/log?try=1'],
  ['get', '/tasks/TASK/error?try=1'],
  ['get', '/tasks/TASK/facts'],
  ['get', '/tasks/TASK/rendered'],
  ['get', '/tasks/TASK/xcoms'],
  ['get', '/tasks/TASK/xcoms/value?key=none'],
  ['get', '/tasks/TASK/wait-reasons'],
  ['get', '/tasks/TASK/mapped'],
  ['patch', '/tasks/TASK/note', { note: 'x' }],
];

const ofRun: Asked[] = [
  ['get', '/tasks'],
  ['patch', '/note', { note: 'x' }],
  ['post', '/mark', { state: 'failed' }],
  ['post', '/clear', { dryRun: true }],
  ['post', '/delete', {}],
];

describe.each(clusters)('on $cluster', place => {
  const { cluster, dagId } = place;
  const dagPath = `/clusters/${cluster}/dags/${dagId}`;
  /** Deleted in Airflow, and still stored. */
  let goneRun: string;
  const unreadRun = 'not.read.yet';
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal();
    await portal.refresh(cluster).expect(200);
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&dagId=${dagId}&state=success&limit=1`)
      .expect(200);
    goneRun = encodeURIComponent(body.items[0].runId);
    const runs = `/dags/${dagId}/dagRuns`;
    await inAirflow(portal, place, 'delete', `${runs}/${goneRun}`);
    await inAirflow(portal, place, 'post', runs, {
      dag_run_id: unreadRun,
      ...(place.api === 'v2' && { logical_date: null }),
    });
  });
  afterAll(() => portal.stop());

  const ask = ([method, path, sent]: Asked, run: string, taskId: string) => {
    const full = `${dagPath}/runs/${run}${path.replace('TASK', taskId)}`;
    return method === 'get'
      ? portal.get(full)
      : portal[method](full, sent ?? {});
  };

  it.each([...ofTask, ...ofRun])(
    'a run that is gone is told as gone (%s %s)',
    async (...asked) => {
      const { body } = await ask(asked, goneRun, 'extract').expect(410);
      expect(body).toMatchObject({ code: 'gone', field: 'runId', cluster });
    },
  );

  it.each(ofTask)(
    'a wrong task of a run that was not read yet is told as the task (%s %s)',
    async (...asked) => {
      const { body } = await ask(asked, unreadRun, 'none').expect(404);
      expect(body).toMatchObject({ code: 'not-found', field: 'taskId' });
    },
  );

  it('of several tasks to mark the wrong one is told', async () => {
    const { body: listed } = await ask(['get', '/tasks'], unreadRun, '');
    const { items } = airflowEndpoints.listTaskInstances.response.parse(listed);
    const [{ taskId, mapIndex }] = items;
    const tasks = [
      { taskId, mapIndex },
      { taskId: 'none', mapIndex: -1 },
    ];
    const mark = { state: 'failed', dryRun: true, tasks };
    const asked: Asked = ['post', '/mark-tasks', mark];
    const { body } = await ask(asked, unreadRun, '').expect(404);
    expect(body).toMatchObject({
      code: 'not-found',
      field: 'taskId',
      message: expect.stringContaining('has no task none'),
    });
  });

  it.each(ofTask)(
    'a wrong run is told as the run, whatever is asked (%s %s)',
    async (...asked) => {
      const { body } = await ask(asked, 'none', 'extract').expect(404);
      expect(body).toMatchObject({ code: 'not-found', field: 'runId' });
    },
  );

  it.each([
    ['dags/nope/runs/r', 'dagId'],
    ['dags/nope/runs/r/tasks', 'dagId'],
    ['dags/nope/runs/r/tasks/t/tries', 'dagId'],
    [`dags/${dagId}/runs/r`, 'runId'],
    [`dags/${dagId}/runs/r/tasks`, 'runId'],
    [`dags/${dagId}/runs/r/tasks/t/tries`, 'runId'],
    [`dags/${dagId}/runs/r/tasks/t/log?try=1`, 'runId'],
  ])('%s says that %s is what is missing', async (path, field) => {
    const { body } = await portal.get(`/clusters/${cluster}/${path}`);
    expect(body).toMatchObject({ code: 'not-found', field });
  });
});
