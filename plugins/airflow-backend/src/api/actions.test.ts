import { setTimeout as delay } from 'node:timers/promises';
import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';

const dagPath = ({ cluster, dagId }: Pick<DagRun, 'cluster' | 'dagId'>) =>
  `/clusters/${cluster}/dags/${encodeURIComponent(dagId)}`;
const runPath = (run: DagRun) =>
  `${dagPath(run)}/runs/${encodeURIComponent(run.runId)}`;

describe('what people do to runs, tasks and DAGs through the API', () => {
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

  const listed = async (query: string) => {
    const { body } = await portal.get(`/runs?${query}`).expect(200);
    return airflowEndpoints.listRuns.response.parse(body).items;
  };
  const newest = async (cluster: string, state: string) => {
    const [run] = await listed(`cluster=${cluster}&state=${state}&limit=1`);
    return run;
  };
  const stored = async ({ cluster, dagId, runId }: DagRun) => {
    const dag = `cluster=${cluster}&dagId=${encodeURIComponent(dagId)}`;
    return listed(`${dag}&text=${encodeURIComponent(runId)}`);
  };
  const tasksOf = async (run: DagRun) => {
    const { body } = await portal.get(`${runPath(run)}/tasks`).expect(200);
    return airflowEndpoints.listTaskInstances.response.parse(body).items;
  };
  /** A run may succeed, or be marked so, although some of its tasks failed or were skipped. */
  const succeededTask = async (cluster: string) => {
    for (const run of await listed(`cluster=${cluster}&state=success`)) {
      const task = (await tasksOf(run)).find(
        ({ state }) => state === 'success',
      );
      if (task) return { run, task };
    }
    throw new Error(`No task of ${cluster} succeeded`);
  };
  const done = (eventId: string) =>
    portal
      .audited()
      .filter(event => event.eventId === eventId)
      .filter(({ status }) => status === 'succeeded')
      .map(({ meta }) => meta);

  describe.each(['prod-eu', 'prod-us'])('on %s', cluster => {
    it('marks a run, which every list shows at once', async () => {
      const run = await newest(cluster, 'failed');
      await portal.get(runPath(run)).expect(200);
      const reason = 'it was loaded by hand';
      const { body } = await portal
        .post(`${runPath(run)}/mark`, { state: 'success', reason })
        .expect(200);
      expect(body).toMatchObject({ runId: run.runId, state: 'success' });
      expect(await stored(run)).toMatchObject([{ state: 'success' }]);
      const { dagId, runId } = run;
      expect(done('run-mark')).toContainEqual({
        cluster,
        dagId,
        runId,
        state: 'success',
        reason,
      });
    });

    it('tells which tasks it would mark, marks them, and then has nothing to mark', async () => {
      const { run, task } = await succeededTask(cluster);
      const body = {
        state: 'failed',
        tasks: [{ taskId: task.taskId, mapIndex: task.mapIndex }],
      };
      const mark = async (dryRun: boolean) => {
        const answer = await portal
          .post(`${runPath(run)}/mark-tasks`, { ...body, dryRun })
          .expect(200);
        return airflowEndpoints.markTasks.response.parse(answer.body);
      };
      const told = await mark(true);
      expect(told.items).toMatchObject([
        { taskId: task.taskId, state: task.state },
      ]);
      expect(await mark(false)).toEqual({ ...told, dryRun: false });
      const marked = (await tasksOf(run)).find(
        ({ taskId, mapIndex }) =>
          taskId === task.taskId && mapIndex === task.mapIndex,
      );
      expect(marked).toMatchObject({ state: 'failed' });
      expect((await mark(true)).items).toEqual([]);
      expect(done('task-mark')).toContainEqual(
        expect.objectContaining({ runId: run.runId, tasks: 1 }),
      );
    });

    it('writes notes, and keeps them out of the audit log', async () => {
      const run = await newest(cluster, 'success');
      const [task] = await tasksOf(run);
      const note = 'ask Anna about this one';
      await portal.patch(`${runPath(run)}/note`, { note }).expect(200);
      await portal
        .patch(
          `${runPath(run)}/tasks/${encodeURIComponent(task.taskId)}/note`,
          { note, mapIndex: task.mapIndex },
        )
        .expect(200);
      expect(await stored(run)).toMatchObject([{ note }]);
      const [noted] = await tasksOf(run);
      expect(noted).toMatchObject({ note });
      const audited = JSON.stringify(portal.audited());
      expect(audited).toContain('run-note');
      expect(audited).toContain('task-note');
      expect(audited).not.toContain(note);
      await portal.patch(`${runPath(run)}/note`, { note: '' }).expect(200);
      expect(await stored(run)).toMatchObject([{ note: null }]);
    });

    it('deletes a run, which is gone from every list at once', async () => {
      const run = await newest(cluster, 'success');
      await portal
        .post(`${runPath(run)}/delete`, { reason: 'a test' })
        .expect(200);
      expect(await stored(run)).toEqual([]);
      await portal.get(runPath(run)).expect(404);
      const again = await portal.post(`${runPath(run)}/delete`, {});
      expect(again.status).toBe(404);
      expect(again.body).toMatchObject({ code: 'not-found', field: 'runId' });
    });

    it('has a file parsed again', async () => {
      const run = await newest(cluster, 'success');
      await portal.post(`${dagPath(run)}/reparse`, {}).expect(200);
      expect(done('dag-reparse')).toContainEqual({ cluster, dagId: run.dagId });
    });
  });

  it.each(['prod-eu', 'prod-us'])(
    'deletes a DAG of %s whose id was given twice, and shows it as gone',
    async cluster => {
      // Airflow deletes no DAG while it runs, so it is the one that has rested longest.
      const { body: listing } = await portal
        .get(
          `/dags?cluster=${cluster}&lastRunState=success&paused=false&sort=lastRunAt`,
        )
        .expect(200);
      const [{ dagId }] =
        airflowEndpoints.listDags.response.parse(listing).items;
      const path = dagPath({ cluster, dagId });
      const slip = await portal
        .post(`${path}/delete`, { confirm: `${dagId} ` })
        .expect(400);
      expect(slip.body).toMatchObject({ field: 'confirm' });
      await portal.post(`${path}/delete`, { confirm: dagId }).expect(200);
      const { body } = await portal.get(path).expect(200);
      expect(body.goneAt).not.toBeNull();
      expect(body.recentRuns).not.toEqual([]);
    },
  );

  it('deletes a DAG that Airflow keeps although its file is gone', async () => {
    const dag = { cluster: 'prod-eu', dagId: 'legacy_ftp_pull' };
    const remove = () =>
      portal.post(`${dagPath(dag)}/delete`, { confirm: dag.dagId });
    await remove().expect(200);
    expect(done('dag-delete')).toContainEqual(dag);
    const { body } = await remove().expect(404);
    expect(body).toMatchObject({ code: 'not-found', field: 'dagId' });
  });

  it('answers what a task asks, once, and the run goes on', async () => {
    const [run] = await listed(
      'cluster=prod-us&dagId=limit_changes&state=running&limit=1',
    );
    const list = async () => {
      const { body } = await portal
        .get(`${runPath(run)}/human-inputs`)
        .expect(200);
      return airflowEndpoints.listHumanInputs.response.parse(body).items;
    };
    // The run may have begun just now, with a task that comes before.
    while ((await list()).length === 0) await delay(250);
    expect(await list()).toMatchObject([
      { taskId: 'approve', options: ['Approve', 'Reject'], answer: null },
    ]);
    const answer = { options: ['Approve'] };
    const path = `${runPath(run)}/tasks/approve/answer`;
    await portal.post(path, answer).expect(200);
    expect(await list()).toMatchObject([{ answer: { options: ['Approve'] } }]);
    const { body } = await portal.post(path, answer).expect(409);
    expect(body).toMatchObject({ code: 'airflow-conflict' });
    expect(done('task-answer')).toHaveLength(1);
    for (;;) {
      const { body: now } = await portal.get(runPath(run)).expect(200);
      if (now.state === 'success') break;
      await delay(250);
    }
  });

  it.each([
    ['post', '/runs/r/mark', { state: 'failed' }],
    ['patch', '/runs/r/note', { note: 'x' }],
    ['post', '/runs/r/delete', {}],
    ['post', '/delete', { confirm: 'a' }],
    ['post', '/reparse', {}],
    [
      'post',
      '/runs/r/mark-tasks',
      {
        state: 'failed',
        tasks: [{ taskId: 't', mapIndex: -1 }],
        dryRun: true,
      },
    ],
  ] as const)(
    'leaves a read-only cluster alone (%s %s)',
    async (method, below, sent) => {
      const { body } = await portal[method](
        `/clusters/research/dags/a${below}`,
        sent,
      ).expect(403);
      expect(body).toMatchObject({ code: 'read-only', cluster: 'research' });
    },
  );

  it('writes down what was refused', async () => {
    const run = await newest('prod-us', 'success');
    denied = 'airflow.run.delete';
    const { body } = await portal
      .post(`${runPath(run)}/delete`, { reason: 'nobody let me' })
      .expect(403);
    expect(body.detail).toContain('airflow.run.delete');
    const refused = portal.audited().filter(({ meta, status }) => {
      return status === 'failed' && JSON.stringify(meta).includes('nobody');
    });
    expect(refused).toHaveLength(1);
    expect(await stored(run)).toHaveLength(1);
  });
});
