import { setTimeout as delay } from 'node:timers/promises';
import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';

const { clearRun, listRuns, listTaskInstances } = airflowEndpoints;

const pathOf = ({ cluster, dagId, runId }: DagRun) =>
  `/clusters/${cluster}/dags/${encodeURIComponent(
    dagId,
  )}/runs/${encodeURIComponent(runId)}`;

describe('clearing through the API', () => {
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

  const newest = async (cluster: string, state: string) => {
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&state=${state}&limit=1`)
      .expect(200);
    return listRuns.response.parse(body).items[0];
  };
  const clear = async (run: DagRun, body: object) => {
    const answer = await portal.post(`${pathOf(run)}/clear`, body).expect(200);
    return clearRun.response.parse(answer.body);
  };
  const tasksOf = async (run: DagRun) => {
    const { body } = await portal.get(`${pathOf(run)}/tasks`).expect(200);
    return listTaskInstances.response.parse(body).items;
  };
  const ended = async (run: DagRun) => {
    for (;;) {
      const { body } = await portal.get(pathOf(run)).expect(200);
      if (!['queued', 'running'].includes(body.state)) return body.state;
      await delay(250);
    }
  };

  it.each(['prod-eu', 'prod-us'])(
    'has a failed run of %s run again, which every list shows at once, and writes it down',
    async cluster => {
      const run = await newest(cluster, 'failed');
      const reason = 'the database is back';
      // Every page of the run has been looked at before.
      await portal.get(pathOf(run)).expect(200);
      const failed = (await tasksOf(run)).filter(({ state }) =>
        ['failed', 'upstream_failed'].includes(state),
      );

      const told = await clear(run, { onlyFailed: true, dryRun: true });
      expect(told.dryRun).toBe(true);
      expect(told.items).toHaveLength(failed.length);
      expect(told.items).toEqual(
        expect.arrayContaining(
          failed.map(({ taskId, mapIndex, state }) => ({
            taskId,
            mapIndex,
            state,
          })),
        ),
      );
      const untouched = await portal.get(pathOf(run)).expect(200);
      expect(untouched.body.state).toBe('failed');

      const done = await clear(run, {
        onlyFailed: true,
        dryRun: false,
        reason: `  ${reason} `,
      });
      expect(done).toEqual({ dryRun: false, items: told.items });
      const listed = await portal
        .get(
          `/runs?cluster=${cluster}&dagId=${encodeURIComponent(
            run.dagId,
          )}&text=${encodeURIComponent(run.runId)}`,
        )
        .expect(200);
      expect(listed.body.items).toMatchObject([
        {
          runId: run.runId,
          state: expect.stringMatching(/queued|running/),
          endedAt: null,
        },
      ]);
      const states = (await tasksOf(run)).map(({ state }) => state);
      expect(states).not.toContain('failed');
      expect(
        portal.audited().filter(({ eventId }) => eventId === 'run-clear'),
      ).toContainEqual({
        eventId: 'run-clear',
        status: 'succeeded',
        meta: {
          cluster,
          dagId: run.dagId,
          runId: run.runId,
          reason,
          tasks: failed.length,
        },
      });
      expect(await ended(run)).toBe('success');
    },
  );

  it('writes no dry run down', async () => {
    const before = portal.audited().length;
    await clear(await newest('prod-eu', 'success'), { dryRun: true });
    expect(portal.audited()).toHaveLength(before);
  });

  it.each([
    [{ dryRun: false }, 'reason'],
    [{ dryRun: false, reason: ' x ' }, 'reason'],
    [{ dryRun: true, downstream: true }, 'downstream'],
    [{ dryRun: true, tasks: [] }, 'tasks'],
    [{}, 'dryRun'],
  ])('refuses %j naming %s', async (sent, field) => {
    const run = await newest('prod-eu', 'failed');
    const { body } = await portal
      .post(`${pathOf(run)}/clear`, sent)
      .expect(400);
    expect(body).toMatchObject({ code: 'invalid-request', field });
  });

  it('refuses one instance of a mapped task on Airflow 2, and says what can be done', async () => {
    const run = await newest('prod-eu', 'success');
    const { body } = await portal
      .post(`${pathOf(run)}/clear`, {
        dryRun: true,
        tasks: [{ taskId: 'any', mapIndex: 3 }],
      })
      .expect(400);
    expect(body).toMatchObject({
      code: 'unsupported',
      cluster: 'prod-eu',
      hint: 'Clear every instance of any, or only what failed in the run',
    });
  });

  it('says when there is no such DAG', async () => {
    const { body } = await portal
      .post('/clusters/prod-us/dags/no.such/runs/none/clear', { dryRun: true })
      .expect(404);
    expect(body).toMatchObject({ code: 'not-found', field: 'dagId' });
  });

  it.each([true, false])(
    'touches no read-only cluster (dry run: %s)',
    async dryRun => {
      const { body } = await portal
        .post('/clusters/research/dags/a/runs/r/clear', {
          dryRun,
          reason: 'it may not be',
        })
        .expect(403);
      expect(body).toMatchObject({ code: 'read-only', cluster: 'research' });
    },
  );

  it.each([true, false])(
    'is refused without the permission (dry run: %s), and that is written down',
    async dryRun => {
      const run = await newest('prod-us', 'failed');
      denied = 'airflow.run.clear';
      const sent = { dryRun, reason: 'nobody let me' };
      const { body } = await portal
        .post(`${pathOf(run)}/clear`, sent)
        .expect(403);
      expect(body).toMatchObject({ code: 'not-allowed' });
      expect(body.detail).toContain('airflow.run.clear');
      const refused = portal.audited().filter(({ meta, status }) => {
        const told = JSON.stringify(meta);
        return status === 'failed' && told.includes('nobody let me');
      });
      expect(refused).toHaveLength(dryRun ? 0 : 1);
      expect(await newest('prod-us', 'failed')).toMatchObject({
        runId: run.runId,
      });
    },
  );
});
