import type {
  Alert,
  DagListItem,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';

const { getDag, listDags, listAlerts, getAlert } = airflowEndpoints;

/** Every rule at once, so that each moment of the story is told as it happens. */
const rules = [
  { name: 'dags-vanished', type: 'dags-vanished', for: { seconds: 0 } },
  { name: 'import-error', type: 'import-error' },
  { name: 'dag-vanished', type: 'dag-vanished' },
  { name: 'run-failed', type: 'run-failed' },
];

const clusters = [
  { cluster: 'prod-eu', folder: '/opt/airflow/dags/' },
  { cluster: 'prod-us', folder: '' },
];

describe.each(clusters)('the DAGs of $cluster', ({ cluster }) => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal({
      config: { history: { days: 2 }, alerts: { rules } },
    });
    await portal.refresh(cluster).expect(200);
  });
  afterAll(() => portal.stop());

  const read = () => portal.refresh(cluster, ['inventory']).expect(200);
  const dagsOf = async (query = ''): Promise<DagListItem[]> => {
    const { body } = await portal
      .get(`/dags?cluster=${cluster}&limit=250${query}`)
      .expect(200);
    return listDags.response.parse(body).items;
  };
  const alertsOf = async (query = ''): Promise<Alert[]> => {
    const { body } = await portal
      .get(`/alerts?cluster=${cluster}&limit=250${query}`)
      .expect(200);
    return listAlerts.response.parse(body).items;
  };
  const open = (ruleType: string) =>
    alertsOf(`&ruleType=${ruleType}&status=firing`);
  const resolved = () => alertsOf('&status=resolved');
  const dagOf = async (dagId: string) => {
    const { body } = await portal
      .get(`/clusters/${cluster}/dags/${dagId}`)
      .expect(200);
    return getDag.response.parse(body);
  };
  const timelineOf = async ({ id }: Alert) => {
    const { body } = await portal.get(`/alerts/${id}`).expect(200);
    return getAlert.response.parse(body).timeline.map(({ text }) => text);
  };
  /**
   * A failing DAG with its file, as Airflow names it from the DAG folder on. Airflow
   * deletes none that runs, so it is the one that has rested longest.
   */
  const failing = async () => {
    const rested = await dagsOf('&lastRunState=failed&sort=lastRunAt');
    const alerts = await open('run-failed');
    const alertOf = (dagId: string) =>
      alerts.find(
        ({ subject }) => subject.kind === 'dag' && subject.dagId === dagId,
      );
    const dagId = rested.map(item => item.dagId).find(alertOf);
    const alert = dagId && alertOf(dagId);
    if (!alert) throw new Error('No DAG at rest has an alert');
    const dag = await dagOf(dagId);
    const file = (dag.fileLocation ?? '').split('/').slice(-2).join('/');
    return { alert, dag, file };
  };

  it('are doubted when the list is empty, and nothing else is said of them', async () => {
    const before = await dagsOf();
    const alerts = await alertsOf('&status=firing');
    portal.sandbox.setEmptied(cluster, true);
    await read();
    await read();

    const { body } = await portal.get(`/clusters/${cluster}`).expect(200);
    expect(body).toMatchObject({
      status: 'degraded',
      problem: {
        code: 'dags-vanished',
        message: `${before.length} of ${before.length} DAGs vanished from Airflow cluster ${cluster} at once, which is doubted`,
      },
    });
    const during = await dagsOf();
    expect(during).toHaveLength(before.length);
    expect(new Set(during.map(({ presence }) => presence.state))).toEqual(
      new Set(['doubted']),
    );
    expect(await resolved()).toEqual([]);
    const more = await alertsOf('&status=firing');
    const known = new Set(alerts.map(({ id }) => id));
    expect(more.filter(({ id }) => !known.has(id))).toMatchObject([
      {
        ruleType: 'dags-vanished',
        title: expect.stringMatching(
          new RegExp(
            `^${before.length} of ${before.length} DAGs of .* vanished$`,
          ),
        ),
      },
    ]);
    const [failed] = await open('run-failed');
    expect(await timelineOf(failed)).toContainEqual(
      expect.stringContaining('Stays open, though the DAG is in doubt'),
    );

    portal.sandbox.setEmptied(cluster, false);
    await read();
    expect(await dagsOf('&presence=doubted')).toEqual([]);
    expect(await open('dags-vanished')).toEqual([]);
    expect(await open('run-failed')).toHaveLength(
      alerts.filter(({ ruleType }) => ruleType === 'run-failed').length,
    );
  });

  it('are told of from the break of a file to the end of its DAG', async () => {
    const { alert, dag, file } = await failing();
    const path = `/clusters/${cluster}/dags/${dag.dagId}`;
    const isStillOpen = async () =>
      (await open('run-failed')).some(({ id }) => id === alert.id);
    const ofFile = async (query: string) =>
      (await alertsOf(`&ruleType=import-error${query}`)).filter(({ title }) =>
        title.includes(dag.displayName),
      );

    portal.sandbox.setFile(cluster, file, 'broken');
    await read();
    expect(await dagOf(dag.dagId)).toMatchObject({
      presence: { state: 'broken', reason: 'Airflow cannot import its file' },
      goneAt: null,
      nextRunAt: null,
    });
    expect(await ofFile('&status=firing')).toMatchObject([
      {
        owner: dag.owner,
        observed: "SyntaxError: '(' was never closed",
        title: expect.stringContaining('do'),
      },
    ]);
    expect(await isStillOpen()).toBe(true);
    expect(await timelineOf(alert)).toContainEqual(
      'Stays open, though the DAG is broken: Airflow cannot import its file',
    );

    portal.sandbox.setFile(cluster, file, 'whole');
    await read();
    expect(await dagOf(dag.dagId)).toMatchObject({
      presence: { state: 'listed' },
    });
    expect(await ofFile('&status=resolved')).toMatchObject([
      {
        resolution: {
          text: expect.stringContaining('can be imported again'),
        },
      },
    ]);
    expect(await isStillOpen()).toBe(true);

    portal.sandbox.setFile(cluster, file, 'broken');
    await read();
    const [again] = await ofFile('&status=firing');
    expect(await dagOf(dag.dagId)).toMatchObject({
      presence: { state: 'broken' },
    });

    portal.sandbox.setFile(cluster, file, 'removed');
    await read();
    expect(await ofFile('&status=firing')).toEqual([]);
    const ofRemoved = (await resolved()).find(({ id }) => id === again.id);
    expect(ofRemoved?.resolution).toMatchObject({
      kind: 'proof',
      text: expect.stringMatching(
        /\.py is gone, and its error with it: .* vanished, which is told by itself$/,
      ),
    });
    expect(await dagOf(dag.dagId)).toMatchObject({
      presence: {
        state: 'vanished',
        reason: 'Airflow finds it in no file any more',
      },
      goneAt: expect.any(String),
    });
    const [vanished] = await open('dag-vanished');
    expect(vanished).toMatchObject({
      title: `${dag.displayName} vanished`,
      owner: dag.owner,
    });
    expect(await isStillOpen()).toBe(true);
    const found = await dagsOf('&presence=vanished');
    expect(found.map(({ dagId }) => dagId)).toContain(dag.dagId);

    await portal.post(`${path}/delete`, { confirm: dag.dagId }).expect(200);
    await read();
    expect(await dagOf(dag.dagId)).toMatchObject({
      presence: {
        state: 'deleted',
        reason: 'it was deleted through the portal',
      },
    });
    expect(await open('dag-vanished')).toEqual([]);
    expect(await isStillOpen()).toBe(false);
    const over = await resolved();
    const ended = over.find(({ id }) => id === alert.id);
    expect(ended?.resolution).toMatchObject({
      text: `The DAG ${dag.displayName} was deleted, so this ends without having been put right: it was deleted through the portal`,
    });
  });

  it('are gone when a person says so of what is doubted', async () => {
    portal.sandbox.setEmptied(cluster, true);
    await read();
    const [doubted] = await open('dags-vanished');
    await portal
      .post('/alerts/resolve', { ids: [doubted.id], reason: 'we moved' })
      .expect(200);
    await read();
    expect(await dagsOf()).toEqual([]);
    const gone = await dagsOf('&presence=deleted');
    expect(gone.at(0)?.presence.reason).toContain('we moved');
    expect(await open('dag-vanished')).toEqual([]);
    expect(await open('run-failed')).toEqual([]);
    expect(await open('dags-vanished')).toEqual([]);

    portal.sandbox.setEmptied(cluster, false);
    await read();
    expect(await dagsOf('&presence=doubted')).toEqual([]);
    expect((await dagsOf()).length).toBeGreaterThan(1);
  });
});
