import { setTimeout as delay } from 'node:timers/promises';
import { isUnfinished } from '@airflow-fleet/backstage-plugin-airflow-common';
import { runs } from '../airflow/areas/runs';
import { tasks } from '../airflow/areas/tasks';
import { clearing } from '../airflow/areas/clearing';
import { forbidden, missing, newestRun } from './found';
import { all } from './pages';
import type { Askers } from './askers';

/** What clearing does on every Airflow, whichever its version. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeClearing(on: Askers): void {
  const dry = { onlyFailed: false, dryRun: true };
  const statesOf = async (dagId: string, runId: string) => {
    const listed = await all(
      on.client.read(tasks, area => area.ofRun({ dagId, runId })),
    );
    return new Map(listed.map(task => [task.taskId, task.state]));
  };
  const ended = async (dagId: string, runId: string) => {
    for (;;) {
      const run = await on.client.ask(runs, area => area.get({ dagId, runId }));
      if (!isUnfinished(run.state)) return run;
      await delay(250);
    }
  };

  it('tells what clearing a run would touch, and touches nothing', async () => {
    const { dagId, taskId } = on.target.dags.fails;
    const { runId } = await newestRun(on.client, dagId, 'failed');
    const before = await statesOf(dagId, runId);
    const whole = await on.client.ask(clearing, area =>
      area.clearRun({ dagId, runId }, dry),
    );
    expect(new Map(whole.map(task => [task.taskId, task.state]))).toEqual(
      before,
    );
    const failed = await on.client.ask(clearing, area =>
      area.clearRun(
        { dagId, runId },
        {
          onlyFailed: true,
          dryRun: true,
        },
      ),
    );
    expect(failed).toContainEqual({ taskId, mapIndex: -1, state: 'failed' });
    expect(new Set(failed.map(({ state }) => state))).toEqual(
      new Set(['failed', 'upstream_failed']),
    );
    expect(
      await on.client.ask(runs, area => area.get({ dagId, runId })),
    ).toMatchObject({ state: 'failed' });
    expect(await statesOf(dagId, runId)).toEqual(before);
  });

  it('tells what clearing a task would touch, with and without what comes after', async () => {
    const { dagId, taskId } = on.target.dags.fails;
    const { runId } = await newestRun(on.client, dagId, 'failed');
    const named = [{ taskId, mapIndex: -1 }];
    const one = { taskId, mapIndex: -1, state: 'failed' };
    const alone = { runId, tasks: named, downstream: false, ...dry };
    expect(
      await on.client.ask(clearing, area => area.clearTasks(dagId, alone)),
    ).toEqual([one]);
    const below = await on.client.ask(clearing, area =>
      area.clearTasks(dagId, {
        ...alone,
        downstream: true,
      }),
    );
    expect(below).toContainEqual(one);
    expect(below.map(({ state }) => state)).toContain('upstream_failed');
    const none = { ...alone, tasks: [{ taskId: 'none', mapIndex: null }] };
    expect(
      await on.client.ask(clearing, area => area.clearTasks(dagId, none)),
    ).toEqual([]);
  });

  it('clears a mapped task as a whole, and one instance where Airflow can', async () => {
    const { dagId, taskId } = on.target.dags.mapped;
    const { runId } = await newestRun(on.client, dagId, 'success');
    const clear = (mapIndex: number | null) =>
      on.client.ask(clearing, area =>
        area.clearTasks(dagId, {
          runId,
          tasks: [{ taskId, mapIndex }],
          downstream: false,
          ...dry,
        }),
      );
    const instances = await clear(null);
    expect(instances.length).toBeGreaterThan(1);
    expect(
      instances
        .map(({ mapIndex }) => mapIndex ?? NaN)
        .sort((left, right) => left - right),
    ).toEqual(instances.map((_, index) => index));
    const one = await clear(1).catch(error => error);
    expect(one).toMatchObject(
      on.target.apiVersion === 'v1'
        ? { code: 'unsupported' }
        : [{ taskId, mapIndex: 1 }],
    );
  });

  it('has what failed run again', async () => {
    const { dagId, taskId } = on.target.dags.fails;
    const { runId } = await newestRun(on.client, dagId, 'failed');
    const ref = { dagId, runId, taskId, mapIndex: -1 };
    const { tryNumber } = await on.client.ask(tasks, area => area.get(ref));
    const cleared = await on.client.ask(clearing, area =>
      area.clearRun(
        { dagId, runId },
        {
          onlyFailed: true,
          dryRun: false,
        },
      ),
    );
    expect(cleared).toContainEqual({ taskId, mapIndex: -1, state: 'failed' });
    const { state } = await on.client.ask(runs, area =>
      area.get({ dagId, runId }),
    );
    expect(['queued', 'running']).toContain(state);
    await ended(dagId, runId);
    const again = await on.client.ask(tasks, area => area.get(ref));
    expect(again.tryNumber).toBe(tryNumber + 1);
  });

  it('has a task run again, and its run with it', async () => {
    const { dagId, taskId } = on.target.dags.mapped;
    const { runId } = await newestRun(on.client, dagId, 'success');
    const cleared = await on.client.ask(clearing, area =>
      area.clearTasks(dagId, {
        runId,
        tasks: [{ taskId, mapIndex: null }],
        downstream: true,
        onlyFailed: false,
        dryRun: false,
      }),
    );
    expect(cleared.length).toBeGreaterThan(2);
    const { state } = await on.client.ask(runs, area =>
      area.get({ dagId, runId }),
    );
    expect(['queued', 'running']).toContain(state);
    expect(await ended(dagId, runId)).toMatchObject({ state: 'success' });
  });

  it('clears nothing where nothing matches', async () => {
    const dagId = on.target.dags.succeeds;
    const { runId } = await newestRun(on.client, dagId, 'success');
    const mode = { onlyFailed: true, dryRun: false };
    expect(
      await on.client.ask(clearing, area =>
        area.clearRun({ dagId, runId }, mode),
      ),
    ).toEqual([]);
    expect(
      await on.client.ask(runs, area => area.get({ dagId, runId })),
    ).toMatchObject({ state: 'success' });
  });

  it('says when there is no such run', async () => {
    const { dagId, taskId } = on.target.dags.fails;
    const named = [{ taskId, mapIndex: -1 }];
    const wanted = { runId: 'none', tasks: named, downstream: false, ...dry };
    await expect(
      on.client.ask(clearing, area =>
        area.clearRun({ dagId, runId: 'none' }, dry),
      ),
    ).rejects.toMatchObject(missing);
    await expect(
      on.client.ask(clearing, area => area.clearTasks(dagId, wanted)),
    ).rejects.toMatchObject(missing);
    await expect(
      on.client.ask(clearing, area => area.clearTasks('no.such', wanted)),
    ).rejects.toMatchObject(missing);
  });

  it.each([true, false])(
    'lets a viewer clear nothing (dry run: %s)',
    async dryRun => {
      const { dagId, taskId } = on.target.dags.fails;
      const { runId } = await newestRun(on.client, dagId, 'failed');
      const mode = { onlyFailed: true, dryRun };
      await expect(
        on.reader.ask(clearing, area => area.clearRun({ dagId, runId }, mode)),
      ).rejects.toMatchObject(forbidden);
      const named = [{ taskId, mapIndex: -1 }];
      await expect(
        on.reader.ask(clearing, area =>
          area.clearTasks(dagId, {
            runId,
            tasks: named,
            downstream: false,
            ...mode,
          }),
        ),
      ).rejects.toMatchObject(forbidden);
    },
  );
}
