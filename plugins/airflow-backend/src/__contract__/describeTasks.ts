import { taskInstanceSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { runs } from '../airflow/areas/runs';
import { tasks } from '../airflow/areas/tasks';
import { structures } from '../airflow/areas/structures';
import type { Askers } from './askers';
import { failedTask, missing, newestRun } from './found';
import { all, first } from './pages';

/** What is read of the tasks of every Airflow. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeTasks(on: Askers): void {
  it('lists the task instances of a run, and says when there is none', async () => {
    const { dagId, taskId } = on.target.dags.fails;
    const { runId } = await newestRun(on.client, dagId, 'failed');
    const listed = await all(
      on.client.read(tasks, area => area.ofRun({ dagId, runId })),
    );
    expect(listed.map(task => taskInstanceSchema.parse(task))).toEqual(listed);
    expect(listed.find(task => task.taskId === taskId)).toMatchObject({
      state: 'failed',
      mapIndex: -1,
    });
    expect(listed.map(({ state }) => state)).toContain('upstream_failed');
    await expect(
      all(on.client.read(tasks, area => area.ofRun({ dagId, runId: 'none' }))),
    ).rejects.toMatchObject(missing);
  });

  it('lists every instance of a mapped task, each to be had by its index', async () => {
    const { dagId, taskId } = on.target.dags.mapped;
    const { runId } = await first(
      on.client.read(runs, area =>
        area.list({ dagId, states: ['success', 'failed'] }),
      ),
    );
    const listed = await all(
      on.client.read(tasks, area => area.ofRun({ dagId, runId })),
    );
    const mapped = listed.filter(task => task.taskId === taskId);
    expect(
      mapped.map(({ mapIndex }) => mapIndex).sort((a, b) => a - b),
    ).toEqual(mapped.map((_, i) => i));
    expect(mapped.length).toBeGreaterThan(1);
    const one = await on.client.ask(tasks, area =>
      area.get({
        dagId,
        runId,
        taskId,
        mapIndex: 1,
      }),
    );
    expect(one).toMatchObject({ taskId, mapIndex: 1 });
    await expect(
      on.client.ask(tasks, area =>
        area.get({ dagId, runId, taskId, mapIndex: 99_999 }),
      ),
    ).rejects.toMatchObject(missing);
  });

  it('lists each task of a run of many pages once, whatever order its database gives them in', async () => {
    const dagId = on.target.dags.many;
    const planned = await on.client.ask(structures, area => area.of(dagId));
    const ids = planned.tasks.map(({ taskId }) => taskId).sort();
    expect(ids.length).toBeGreaterThan(100);
    const { runId, runAfter } = await newestRun(on.client, dagId, 'success');
    const listed = await all(
      on.client.read(tasks, area => area.ofRun({ dagId, runId })),
    );
    expect(listed.map(({ taskId }) => taskId).sort()).toEqual(ids);
    const moment = { runAfterFrom: runAfter, runAfterTo: runAfter };
    const ofMoment = await all(
      on.client.read(tasks, area => area.ofRuns(dagId, moment)),
    );
    expect(ofMoment.map(({ taskId }) => taskId).sort()).toEqual(ids);
  });

  it('lists the task instances of many runs at once', async () => {
    const { dagId } = on.target.dags.fails;
    const { runId, runAfter } = await newestRun(on.client, dagId, 'failed');
    const window = { runAfterFrom: runAfter, runAfterTo: runAfter };
    const listed = await all(
      on.client.read(tasks, area => area.ofRuns(dagId, window)),
    );
    expect(new Set(listed.map(task => task.runId))).toEqual(new Set([runId]));
    const before = {
      runAfterFrom: '2020-01-01T00:00:00Z',
      runAfterTo: '2020-01-02T00:00:00Z',
    };
    expect(
      await all(on.client.read(tasks, area => area.ofRuns(dagId, before))),
    ).toEqual([]);
  });

  it('lists the tries of a task, oldest first', async () => {
    const ref = await failedTask(on);
    const tries = await on.client.ask(tasks, area => area.tries(ref));
    expect(tries.map(({ tryNumber }) => tryNumber)).toEqual(
      Array.from({ length: ref.tries }, (_, i) => i + 1),
    );
    expect(tries.at(-1)).toMatchObject({ state: 'failed' });
    await expect(
      on.client.ask(tasks, area => area.tries({ ...ref, taskId: 'none' })),
    ).rejects.toMatchObject(missing);
  });
}
