import {
  compactJson,
  membersOf,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { dags } from '../airflow/areas/dags';
import { runs } from '../airflow/areas/runs';
import { triggering } from '../airflow/areas/triggering';
import type { Askers } from './askers';
import { missing, newestRun } from './found';
import { all } from './pages';

const DAY_MS = 24 * 60 * 60_000;

/** What is read of the runs of every Airflow, and how one is started. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeRuns(on: Askers): void {
  it('lists runs newest first, of one DAG or of all', async () => {
    const from = new Date(Date.now() - 3 * DAY_MS).toISOString();
    const listed = await all(
      on.client.read(runs, area => area.list({ runAfterFrom: from })),
    );
    const due = listed.map(({ runAfter }) => runAfter);
    expect(due).toEqual([...due].sort().reverse());
    expect(due.every(moment => moment >= from)).toBe(true);
    expect(new Set(listed.map(({ dagId }) => dagId)).size).toBeGreaterThan(2);

    const { dagId } = on.target.dags.fails;
    const failed = await all(
      on.client.read(runs, area => area.list({ dagId, states: ['failed'] })),
    );
    expect(new Set(failed.map(run => `${run.dagId} ${run.state}`))).toEqual(
      new Set([`${dagId} failed`]),
    );
  });

  it('tells for when a scheduled run was announced', async () => {
    const from = new Date(Date.now() - 3 * DAY_MS).toISOString();
    const listed = await all(
      on.client.read(runs, area => area.list({ runAfterFrom: from })),
    );
    const scheduled = listed.filter(({ type }) => type === 'scheduled');
    expect(scheduled).not.toEqual([]);
    const early = scheduled.filter(({ runAfter, dueAt }) => dueAt < runAfter);
    expect(early).toEqual([]);
    const next = new Map(
      (await all(on.client.read(dags, area => area.list()))).map(dag => [
        dag.dagId,
        dag.nextRunAt,
      ]),
    );
    const announcedAgain = scheduled.filter(({ dagId, dueAt }) => {
      const announced = next.get(dagId);
      return announced ? announced <= dueAt : false;
    });
    expect(announcedAgain).toEqual([]);
    // Airflow 2 names a run after the begin of its interval, and announces it for the end.
    const differs = scheduled.some(({ runAfter, dueAt }) => dueAt > runAfter);
    expect(differs).toBe(on.target.apiVersion === 'v1');
  });

  it('lists only what changed since', async () => {
    const soon = new Date(Date.now() + DAY_MS).toISOString();
    expect(
      await all(on.client.read(runs, area => area.list({ updatedFrom: soon }))),
    ).toEqual([]);
    const run = await on.client.ask(triggering, area =>
      area.trigger(on.target.dags.succeeds, {}),
    );
    const since = new Date(Date.now() - 60_000).toISOString();
    const changed = await all(
      on.client.read(runs, area => area.list({ updatedFrom: since })),
    );
    expect(changed.map(({ runId }) => runId)).toContain(run.runId);
  });

  it('gives one run with conf, and says when there is none', async () => {
    const { dagId } = on.target.dags.fails;
    const { runId } = await newestRun(on.client, dagId, 'failed');
    const run = await on.client.ask(runs, area => area.get({ dagId, runId }));
    expect(run).toMatchObject({ dagId, runId, state: 'failed' });
    expect(run.durationMs).toBeGreaterThanOrEqual(0);
    expect(run.conf).toMatch(/^\{/);
    await expect(
      on.client.ask(runs, area => area.get({ dagId, runId: 'none' })),
    ).rejects.toMatchObject(missing);
    await expect(
      on.client.ask(runs, area =>
        area.get({ dagId: 'no.such', runId: 'none' }),
      ),
    ).rejects.toMatchObject(missing);
  });

  it('finds a run in the list of its moment, whatever its id, and counts those of a window', async () => {
    const { dagId } = on.target.dags.fails;
    const run = await newestRun(on.client, dagId, 'failed');
    const { runId, runAfter } = run;
    expect(await on.client.ask(runs, area => area.find(run))).toMatchObject({
      dagId,
      runId,
    });
    const slashed = 'media/2026/none.mp4';
    expect(
      await on.client.ask(runs, area => area.find({ ...run, runId: slashed })),
    ).toBeNull();
    await expect(
      on.client.ask(runs, area => area.get({ dagId, runId: slashed })),
    ).rejects.toMatchObject({
      code: 'unsupported',
    });
    const moment = { runAfterFrom: runAfter, runAfterTo: runAfter };
    const there = await all(on.client.read(runs, area => area.list(moment)));
    expect(await on.client.ask(runs, area => area.count(moment))).toBe(
      there.length,
    );
    expect(
      await on.client.ask(runs, area =>
        area.count({
          runAfterFrom: '2001-01-01T00:00:00.000Z',
          runAfterTo: '2001-01-02T00:00:00.000Z',
        }),
      ),
    ).toBe(0);
  });

  it('triggers a DAG with conf, run id and note', async () => {
    const runId = `contract-${Date.now()}`;
    const conf =
      '{"reason":"contract","big":9007199254740993,"nested":{"list":[12345678901234567890,1.0]}}';
    const { succeeds } = on.target.dags;
    const run = await on.client.ask(triggering, area =>
      area.trigger(succeeds, {
        runId,
        conf,
        note: 'by the contract',
      }),
    );
    expect(run).toMatchObject({ dagId: succeeds, runId, type: 'manual' });
    const found = await on.client.ask(runs, area =>
      area.get({ dagId: succeeds, runId }),
    );
    expect(found.note).toBe('by the contract');
    expect(membersOf(compactJson(found.conf))).toEqual(membersOf(conf));
    await expect(
      on.client.ask(triggering, area => area.trigger(succeeds, { runId })),
    ).rejects.toMatchObject({
      code: 'airflow-conflict',
    });
  });

  it("refuses what a DAG's params do not allow, in Airflow's own words", async () => {
    const { dagId, tooLow } = on.target.dags.params;
    await expect(
      on.client.ask(triggering, area => area.trigger(dagId, { conf: tooLow })),
    ).rejects.toMatchObject({
      code: 'airflow-bad-request',
      message: expect.stringMatching(/minimum|less than/i),
    });
    await expect(
      on.client.ask(triggering, area => area.trigger('no.such', {})),
    ).rejects.toMatchObject(missing);
  });
}
