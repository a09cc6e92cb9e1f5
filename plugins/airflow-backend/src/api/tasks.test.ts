import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';

const {
  getTaskFacts,
  getXCom,
  listMappedInstances,
  listRenderedFields,
  listRuns,
  listWaitReasons,
  listXComs,
} = airflowEndpoints;

const at = (run: DagRun, taskId: string) =>
  `/clusters/${run.cluster}/dags/${run.dagId}/runs/${encodeURIComponent(
    run.runId,
  )}/tasks/${taskId}`;

describe('what a task tells through the API', () => {
  let portal: Portal;
  let denied = '';

  beforeAll(async () => {
    portal = await startPortal({ denies: ({ name }) => name === denied });
    for (const name of ['prod-eu', 'prod-us']) {
      await portal.refresh(name).expect(200);
    }
  });
  afterAll(() => portal.stop());
  afterEach(() => {
    denied = '';
  });

  const ended = async (cluster: string, dagId: string, state = 'success') => {
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&dagId=${dagId}&state=${state}&limit=1`)
      .expect(200);
    return listRuns.response.parse(body).items[0];
  };
  const telling = {
    'prod-eu': ['branching', 'choose'],
    'prod-us': ['web_sessions', 'read'],
  } as const;
  const clusters = ['prod-eu', 'prod-us'] as const;
  const tellingTask = async (cluster: 'prod-eu' | 'prod-us') => {
    const [dagId, taskId] = telling[cluster];
    return at(await ended(cluster, dagId), taskId);
  };
  const valueOf = async (task: string, key: string) => {
    const { body } = await portal
      .get(`${task}/xcoms/value?key=${encodeURIComponent(key)}`)
      .expect(200);
    return getXCom.response.parse(body);
  };

  it.each(clusters)('lists the XComs of a task of %s', async cluster => {
    const { body } = await portal
      .get(`${await tellingTask(cluster)}/xcoms`)
      .expect(200);
    expect(listXComs.response.parse(body).items.map(({ key }) => key)).toEqual([
      'return_value',
      'statistics',
      's3://bucket/key.json',
      '50% of #1?',
      'größe/日',
      'a+b;c=d&e',
      '{"of": "orders"}',
      '..',
      'report',
      'everything',
    ]);
  });

  it.each(clusters)(
    'gives values of %s as text: JSON, words, and the beginning of what is long',
    async cluster => {
      const task = await tellingTask(cluster);
      const returned = await valueOf(task, 'return_value');
      expect(returned).toMatchObject({ isJson: true, isCut: false });
      expect(returned.text).toContain('\n  "ok": true');
      expect(await valueOf(task, 'report')).toEqual({
        text: 'Rows were read.\nNone was rejected.',
        isJson: false,
        length: 34,
        isCut: false,
      });
      const all = await valueOf(task, 'everything');
      expect(all).toMatchObject({ isJson: true, isCut: true });
      expect(all.text).toHaveLength(100_000);
      expect(all.length).toBeGreaterThan(200_000);
    },
  );

  it.each(clusters)(
    'gives the value of %s under any key (T21)',
    async cluster => {
      const task = await tellingTask(cluster);
      expect(await valueOf(task, '50% of #1?')).toMatchObject({ text: 'half' });
      expect(await valueOf(task, 'größe/日')).toMatchObject({ text: 'wide' });
      expect(await valueOf(task, 'a+b;c=d&e')).toMatchObject({
        text: 'joined',
      });
      const json = await valueOf(task, '{"of": "orders"}');
      expect(json).toMatchObject({ text: 'told' });
      const { text } = await valueOf(task, 's3://bucket/key.json');
      expect(JSON.parse(text)).toEqual({ rows: 12 });
    },
  );

  it.each(clusters)(
    'says of %s that a key is there which no address can name',
    async cluster => {
      const task = await tellingTask(cluster);
      const { body } = await portal
        .get(`${task}/xcoms/value?key=..`)
        .expect(400);
      expect(body).toMatchObject({
        code: 'unsupported',
        field: 'key',
        cluster,
      });
      expect(body.message).toContain('cannot address this key');
      expect(body.hint).toContain('http');
    },
  );

  it('lets NaN and long numbers survive', async () => {
    const { text } = await valueOf(await tellingTask('prod-eu'), 'statistics');
    expect(text).toContain('"mean": NaN');
    expect(text).toContain('"total": 9007199254740991');
  });

  it.each(clusters)('gives the rendered fields of %s', async cluster => {
    const { body } = await portal
      .get(`${await tellingTask(cluster)}/rendered`)
      .expect(200);
    const { items } = listRenderedFields.response.parse(body);
    expect(items.map(({ name }) => name)).toEqual(['sql', 'op_kwargs']);
    expect(items[0].value).toMatchObject({
      isJson: false,
      text: "SELECT *\nFROM orders\nWHERE day = '2026-11-24'",
    });
  });

  it.each(clusters)(
    'tells how a task of %s is queued, and gives only links that are safe to follow',
    async cluster => {
      const { body } = await portal
        .get(`${await tellingTask(cluster)}/facts`)
        .expect(200);
      expect(getTaskFacts.response.parse(body)).toMatchObject({
        priorityWeight: expect.any(Number),
        poolSlots: 1,
        links: [
          {
            name: 'Query history',
            url: 'https://warehouse.example/queries/4711',
          },
        ],
      });
    },
  );

  it('refuses data of tasks to those who may only read DAGs', async () => {
    const task = await tellingTask('prod-eu');
    denied = 'airflow.xcom.read';
    for (const path of ['xcoms', 'xcoms/value?key=report', 'rendered']) {
      const { body } = await portal.get(`${task}/${path}`).expect(403);
      expect(body).toMatchObject({ code: 'not-allowed' });
    }
    await portal.get(`${task}/facts`).expect(200);
  });

  it.each(clusters)('says what is missing of a task of %s', async cluster => {
    const [dagId] = telling[cluster];
    const run = await ended(cluster, dagId);
    const missing = { code: 'not-found', cluster };
    const { body } = await portal.get(`${at(run, 'none')}/facts`).expect(404);
    expect(body).toMatchObject({ ...missing, field: 'taskId' });
    const { body: value } = await portal
      .get(`${await tellingTask(cluster)}/xcoms/value?key=none`)
      .expect(404);
    expect(value).toMatchObject({ ...missing, field: 'key' });
  });

  it('says why a task waits', async () => {
    const { body: run } = await portal
      .post('/clusters/prod-us/dags/web_sessions/runs', {})
      .expect(200);
    const { body } = await portal
      .get(`${at(run, 'write')}/wait-reasons`)
      .expect(200);
    expect(
      listWaitReasons.response.parse(body).items.map(({ name }) => name),
    ).toEqual(['Task Instance State', 'Trigger Rule']);
  });

  it('pages through 2,000 mapped instances, for one reading of the run', async () => {
    const run = await ended('prod-eu', 'mapped_images');
    const task = at(run, 'resize');
    const page = async (query: string) => {
      const { body } = await portal.get(`${task}/mapped?${query}`).expect(200);
      return listMappedInstances.response.parse(body);
    };
    const first = await page('');
    expect(first).toMatchObject({ total: 2000, counts: { success: 2000 } });
    expect(first.items.map(({ mapIndex }) => mapIndex)).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    );
    portal.sandbox.resetRequests();
    const last = await page('sort=-durationMs&offset=1990&limit=250');
    expect(last.items).toHaveLength(10);
    const took = last.items.map(({ durationMs }) => durationMs ?? 0);
    expect(took).toEqual([...took].sort((a, b) => b - a));
    expect(await page('state=failed')).toMatchObject({ items: [], total: 0 });
    expect(portal.sandbox.requests().total).toBe(0);
    await portal.get(`${at(run, 'none')}/mapped`).expect(404);
  });
});
