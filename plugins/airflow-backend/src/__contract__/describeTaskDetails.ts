import { isUnfinished } from '@airflow-fleet/backstage-plugin-airflow-common';
import { runs } from '../airflow/areas/runs';
import { tasks } from '../airflow/areas/tasks';
import { triggering } from '../airflow/areas/triggering';
import { health } from '../airflow/areas/health';
import { taskDetails } from '../airflow/areas/taskDetails';
import { xcoms } from '../airflow/areas/xcoms';
import { missing, newestRun } from './found';
import { all } from './pages';
import type { Askers } from './askers';

/** What one task instance tells on every Airflow, whichever its version. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeTaskDetails(on: Askers): void {
  const mappedTask = async () => {
    const { dagId, taskId } = on.target.dags.mapped;
    const { runId } = await newestRun(on.client, dagId, 'success');
    return { dagId, runId, taskId, mapIndex: 1 };
  };
  const succeeded = async (dagId: string, taskId: string) => {
    // A run may have been marked a success without it.
    const listed = await all(
      on.client.read(runs, area => area.list({ dagId, states: ['success'] })),
    );
    const instances = await Promise.all(
      listed
        .slice(0, 10)
        .map(({ runId }) =>
          on.client.ask(tasks, area =>
            area.get({ dagId, runId, taskId, mapIndex: -1 }),
          ),
        ),
    );
    const ended = instances.find(({ state }) => state === 'success');
    if (!ended) throw new Error(`${taskId} of ${dagId} never succeeded`);
    return ended;
  };
  const listOf = (ref: Awaited<ReturnType<typeof mappedTask>>) =>
    all(on.client.read(xcoms, area => area.list(ref)));

  it('lists the XComs of one mapped instance and gives their values as JSON', async () => {
    const ref = await mappedTask();
    const keys = await listOf(ref);
    expect(keys).toContainEqual({
      key: 'return_value',
      mapIndex: 1,
      storedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(new Set(keys.map(({ mapIndex }) => mapIndex))).toEqual(new Set([1]));
    const value = await on.client.ask(xcoms, area =>
      area.value(ref, 'return_value'),
    );
    expect(value).toMatchObject({ isJson: true, isCut: false });
    expect(() => JSON.parse(value.text)).not.toThrow();
  });

  it('gives a value under any key that it lists', async () => {
    if (!on.target.dags.oddKeys) return;
    const { dagId, taskId, keys } = on.target.dags.oddKeys;
    const ended = await succeeded(dagId, taskId);
    const listed = (await listOf(ended)).map(({ key }) => key);
    expect(listed).toEqual(expect.arrayContaining(keys));
    for (const key of keys) {
      const value = await on.client.ask(xcoms, area => area.value(ended, key));
      expect(value.length).toBeGreaterThan(0);
    }
    await expect(
      on.client.ask(xcoms, area => area.value(ended, 's3://bucket/none')),
    ).rejects.toMatchObject({ code: 'airflow-not-found' });
    await expect(
      on.client.ask(xcoms, area => area.value(ended, '..')),
    ).rejects.toMatchObject({ code: 'airflow-not-found' });
  });

  it('gives a value with NaN, which Airflow 2 keeps', async () => {
    const { dagId, taskId, key } = on.target.dags.notANumber;
    const ended = await succeeded(dagId, taskId);
    const value = await on.client.ask(xcoms, area => area.value(ended, key));
    expect(value).toMatchObject({ isJson: true });
    expect(value.text).toMatch(
      on.target.apiVersion === 'v1' ? /: NaN\b/ : /: null\b/,
    );
  });

  it('lists no XComs for a task that there is not, and says so of a key', async () => {
    const ref = await mappedTask();
    expect(await listOf({ ...ref, taskId: 'none', mapIndex: -1 })).toEqual([]);
    for (const key of ['none', 'é']) {
      await expect(
        on.client.ask(xcoms, area => area.value(ref, key)),
      ).rejects.toMatchObject(missing);
    }
  });

  it('tells how a task instance was queued and what its fields were', async () => {
    const ref = await mappedTask();
    const details = await on.client.ask(taskDetails, area => area.get(ref));
    expect(details.priorityWeight).toBeGreaterThan(0);
    expect(details.poolSlots).toBe(1);
    expect(details.rendered.map(({ name }) => name)).toContain('op_kwargs');
    await expect(
      on.client.ask(taskDetails, area =>
        area.get({ ...ref, mapIndex: 99_999 }),
      ),
    ).rejects.toMatchObject(missing);
  });

  it('gives the links of an operator by name', async () => {
    const { dagId, taskId, link } = on.target.dags.links;
    const { runId } = await newestRun(on.client, dagId, 'success');
    const ref = { dagId, runId, taskId, mapIndex: -1 };
    const links = await on.client.ask(taskDetails, area => area.links(ref));
    expect(links).toContainEqual({ name: link, url: expect.any(String) });
    const without = await mappedTask();
    expect(
      await on.client.ask(taskDetails, area => area.links(without)),
    ).toEqual([]);
  });

  it('says which tasks a waiting task waits for', async () => {
    const { dagId, first: above, second } = on.target.dags.waits;
    const { runId } = await on.client.ask(triggering, area =>
      area.trigger(dagId, {}),
    );
    const ref = { dagId, runId, taskId: second, mapIndex: -1 };
    const reasons = await on.client.ask(taskDetails, area =>
      area.waitReasons(ref),
    );
    expect(reasons).toContainEqual({
      name: 'Trigger Rule',
      reason: expect.stringContaining(`upstream_task_ids={'${above}'}`),
    });
    while (
      isUnfinished(
        (await on.client.ask(runs, area => area.get({ dagId, runId }))).state,
      )
    ) {
      await on.client.ask(health, area => area.components());
    }
    const done = await on.client.ask(taskDetails, area =>
      area.waitReasons(ref),
    );
    expect(done.map(({ name }) => name)).not.toContain('Trigger Rule');
  });
}
