import {
  countSummarised,
  summariseTasks,
  type DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';

const {
  getDagStructure,
  listRuns,
  listTaskCounts,
  listTaskInstances,
  listTaskSummaries,
} = airflowEndpoints;

/** A DAG of each version that runs often and has a task group or a mapped task. */
const dags = [
  { cluster: 'prod-eu', dagId: 'load_orders' },
  { cluster: 'prod-us', dagId: 'risk_scores' },
];

describe('the grid through the API', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal();
    for (const { cluster } of dags) await portal.refresh(cluster).expect(200);
  });
  afterAll(() => portal.stop());

  const pathOf = ({ cluster, dagId }: (typeof dags)[number]) =>
    `/clusters/${cluster}/dags/${dagId}`;
  const newest = async (
    { cluster, dagId }: (typeof dags)[number],
    more: string,
  ) => {
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&dagId=${dagId}&${more}`)
      .expect(200);
    return listRuns.response.parse(body).items;
  };
  const summaries = async (
    dag: (typeof dags)[number],
    runs: readonly DagRun[],
  ) => {
    const query = runs.map(run => `runId=${encodeURIComponent(run.runId)}`);
    const { body } = await portal
      .get(`${pathOf(dag)}/task-summaries?${query.join('&')}`)
      .expect(200);
    return listTaskSummaries.response.parse(body).items;
  };
  /** How often Airflow was asked for task instances since it was last forgotten. */
  const asked = () =>
    portal.sandbox
      .requests()
      .routes.filter(({ route }) => /taskInstances/.test(route))
      .reduce((sum, { count }) => sum + count, 0);

  it.each(dags)('tells the tasks of $cluster/$dagId', async dag => {
    const { body } = await portal.get(`${pathOf(dag)}/structure`).expect(200);
    const { tasks, groups } = getDagStructure.response.parse(body);
    expect(groups).toHaveLength(1);
    expect(
      tasks.filter(({ groupId }) => groupId === groups[0].groupId),
    ).toHaveLength(2);
  });

  it.each(dags)(
    'tells how the tasks of $cluster/$dagId stood in each run, as the run itself tells',
    async dag => {
      const runs = await newest(dag, 'state=success&state=failed&limit=5');
      const told = await summaries(dag, runs);
      expect(new Set(told.map(({ runId }) => runId))).toEqual(
        new Set(runs.map(({ runId }) => runId)),
      );
      const [{ runId }] = runs;
      const { body } = await portal
        .get(`${pathOf(dag)}/runs/${encodeURIComponent(runId)}/tasks`)
        .expect(200);
      const own = summariseTasks(listTaskInstances.response.parse(body).items);
      expect(told.find(one => one.runId === runId)?.tasks).toEqual(
        expect.arrayContaining(own),
      );
    },
  );

  it('asks Airflow for many runs in whole pages, and only once for all viewers', async () => {
    const [dag] = dags;
    const runs = await newest(dag, 'state=success&state=failed&limit=25');
    portal.sandbox.resetRequests();
    const viewers = await Promise.all(
      Array.from({ length: 5 }, () => summaries(dag, runs.slice(10))),
    );
    expect(viewers[0]).toHaveLength(15);
    expect(asked()).toBeLessThan(5);
    portal.sandbox.resetRequests();
    // Those that others have read are not read again when more are wanted.
    await summaries(dag, runs.slice(9));
    expect(asked()).toBe(1);
    portal.sandbox.resetRequests();
    await summaries(dag, runs.slice(9));
    expect(asked()).toBe(0);
  });

  it('reads together what lies together, and nothing between what lies apart', async () => {
    const [dag] = dags;
    const old = await newest(dag, 'sort=runAfter&limit=8');
    const fresh = await newest(dag, 'limit=60');
    portal.sandbox.resetRequests();
    const wanted = [...old, ...fresh.slice(-8)];
    expect(await summaries(dag, wanted)).toHaveLength(16);
    // Sixteen runs of six tasks in two windows of less than a page each.
    expect(asked()).toBe(2);
  });

  it('counts tasks for the page of the DAG out of what the grid has read', async () => {
    const [dag] = dags;
    const runs = await newest(dag, 'state=success&state=failed&limit=10');
    const told = await summaries(dag, runs);
    portal.sandbox.resetRequests();
    const query = runs.map(run => `runId=${encodeURIComponent(run.runId)}`);
    const { body } = await portal
      .get(`${pathOf(dag)}/task-counts?${query.join('&')}`)
      .expect(200);
    expect(listTaskCounts.response.parse(body).items).toEqual(
      told.map(({ runId, tasks }) => ({
        runId,
        counts: countSummarised(tasks),
      })),
    );
    expect(asked()).toBe(0);
  });

  it('shows at once what was cleared', async () => {
    const [dag] = dags;
    const [run] = await newest(dag, 'state=failed&limit=1');
    const [before] = await summaries(dag, [run]);
    expect(before.tasks.map(({ state }) => state)).toContain('failed');
    await portal
      .post(`${pathOf(dag)}/runs/${encodeURIComponent(run.runId)}/clear`, {
        onlyFailed: true,
        dryRun: false,
        reason: 'the database is back',
      })
      .expect(200);
    const [after] = await summaries(dag, [run]);
    expect(after.tasks).not.toEqual(before.tasks);
  });

  it('leaves out runs that are not stored, and says when there is no such DAG', async () => {
    const { body } = await portal
      .get(`${pathOf(dags[0])}/task-summaries?runId=none`)
      .expect(200);
    expect(body).toEqual({ items: [] });
    for (const cluster of ['prod-eu', 'prod-us']) {
      const answer = await portal
        .get(`/clusters/${cluster}/dags/none/structure`)
        .expect(404);
      expect(answer.body).toMatchObject({ code: 'not-found', field: 'dagId' });
    }
    const many = Array.from({ length: 101 }, (_, i) => `runId=${i}`).join('&');
    await portal.get(`${pathOf(dags[0])}/task-summaries?${many}`).expect(400);
  });
});
