import {
  compactJson,
  logEntrySchema,
  membersOf,
  taskInstanceSchema,
  type LogEntry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowClient, TaskInstanceRef } from '../airflow';
import { dags } from '../airflow/areas/dags';
import { runs } from '../airflow/areas/runs';
import { tasks } from '../airflow/areas/tasks';
import { taskLogs } from '../airflow/areas/taskLogs';
import { triggering } from '../airflow/areas/triggering';
import { health } from '../airflow/areas/health';
import { importErrors } from '../airflow/areas/importErrors';
import { structures } from '../airflow/areas/structures';
import { all, first } from './pages';
import { admin, clientOf, viewer, type ContractTarget } from './targets';

const DAY_MS = 24 * 60 * 60_000;

/** What is read of every Airflow, whichever its version. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeReading(open: () => ContractTarget): void {
  let target: ContractTarget;
  let client: AirflowClient;
  let reader: AirflowClient;
  let stranger: AirflowClient;

  beforeAll(() => {
    target = open();
    client = clientOf(target, admin);
    reader = clientOf(target, viewer);
    stranger = clientOf(target, { username: 'admin', password: 'wrong' });
  });
  afterAll(() =>
    Promise.all([client, reader, stranger].map(one => one.close())),
  );

  const missing = { code: 'airflow-not-found', httpStatus: 404 };
  const runOf = (dagId: string, state: 'success' | 'failed') =>
    first(client.read(runs, area => area.list({ dagId, states: [state] })));
  const failedTask = async (): Promise<TaskInstanceRef & { tries: number }> => {
    const { dagId, taskId } = target.dags.fails;
    const { runId } = await runOf(dagId, 'failed');
    const ref = { dagId, runId, taskId, mapIndex: -1 };
    const { tryNumber } = await client.ask(tasks, area => area.get(ref));
    return { ...ref, tries: tryNumber };
  };

  it('tells its version and what it can do', async () => {
    const info = await client.info();
    expect(info.apiVersion).toBe(target.apiVersion);
    expect(info.airflowVersion).toMatch(/^\d+\.\d+\.\d+/);
    expect(info.capabilities.includes('structured-logs')).toBe(
      target.apiVersion === 'v2',
    );
  });

  it('tells the health of four components', async () => {
    const components = await client.ask(health, area => area.components());
    expect(components.map(({ name }) => name)).toEqual([
      'metadatabase',
      'scheduler',
      'triggerer',
      'dag_processor',
    ]);
    expect(components).toContainEqual({
      name: 'metadatabase',
      status: 'healthy',
      heartbeatAt: null,
    });
    expect(components[1]).toMatchObject({
      status: 'healthy',
      heartbeatAt: expect.stringMatching(/Z$/),
    });
  });

  it('lists DAGs with what the fleet list shows', async () => {
    const listed = await all(client.read(dags, area => area.list()));
    const ids = listed.map(({ dagId }) => dagId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([target.dags.succeeds, target.dags.paused]),
    );
    const paused = listed.find(({ dagId }) => dagId === target.dags.paused);
    expect(paused).toMatchObject({ paused: true });
    const kinds = new Set(listed.map(({ schedule }) => schedule.kind));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['cron', 'none', 'asset']),
    );
    expect(listed.filter(({ nextRunAt }) => nextRunAt !== null)).not.toEqual(
      [],
    );
    expect(listed.every(({ owners }) => owners.length > 0)).toBe(true);
  });

  it('gives one DAG, and says when there is none', async () => {
    const dag = await client.ask(dags, area => area.get(target.dags.succeeds));
    expect(dag).toMatchObject({
      dagId: target.dags.succeeds,
      tags: expect.arrayContaining([expect.stringMatching(/^team:/)]),
    });
    await expect(
      client.ask(dags, area => area.get('no.such')),
    ).rejects.toMatchObject(missing);
    await expect(
      client.ask(dags, area => area.get('a/b')),
    ).rejects.toMatchObject({
      code: 'airflow-not-found',
    });
  });

  it("gives a DAG's params with schema and default", async () => {
    const { params } = await client.ask(dags, area =>
      area.details(target.dags.params.dagId),
    );
    const ofType = (type: string) =>
      params.find(({ schema }) => JSON.parse(schema).type === type);
    expect(ofType('integer')?.value).toMatch(/^\d+$/);
    expect(ofType('array')?.value).toMatch(/^\[/);
    await expect(
      client.ask(dags, area => area.details('no.such')),
    ).rejects.toMatchObject(missing);
  });

  it('lists import errors with their traceback', async () => {
    const errors = await all(client.read(importErrors, area => area.list()));
    expect(errors.length).toBeGreaterThan(0);
    expect(errors[0].filename).toMatch(/\.py$/);
    expect(errors[0].stackTrace).toMatch(/Error/);
  });

  it('lists runs newest first, of one DAG or of all', async () => {
    const from = new Date(Date.now() - 3 * DAY_MS).toISOString();
    const listed = await all(
      client.read(runs, area => area.list({ runAfterFrom: from })),
    );
    const due = listed.map(({ runAfter }) => runAfter);
    expect(due).toEqual([...due].sort().reverse());
    expect(due.every(moment => moment >= from)).toBe(true);
    expect(new Set(listed.map(({ dagId }) => dagId)).size).toBeGreaterThan(2);

    const { dagId } = target.dags.fails;
    const failed = await all(
      client.read(runs, area => area.list({ dagId, states: ['failed'] })),
    );
    expect(new Set(failed.map(run => `${run.dagId} ${run.state}`))).toEqual(
      new Set([`${dagId} failed`]),
    );
  });

  it('tells for when a scheduled run was announced', async () => {
    const from = new Date(Date.now() - 3 * DAY_MS).toISOString();
    const listed = await all(
      client.read(runs, area => area.list({ runAfterFrom: from })),
    );
    const scheduled = listed.filter(({ type }) => type === 'scheduled');
    expect(scheduled).not.toEqual([]);
    const early = scheduled.filter(({ runAfter, dueAt }) => dueAt < runAfter);
    expect(early).toEqual([]);
    const next = new Map(
      (await all(client.read(dags, area => area.list()))).map(dag => [
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
    expect(differs).toBe(target.apiVersion === 'v1');
  });

  it('lists only what changed since', async () => {
    const soon = new Date(Date.now() + DAY_MS).toISOString();
    expect(
      await all(client.read(runs, area => area.list({ updatedFrom: soon }))),
    ).toEqual([]);
    const run = await client.ask(triggering, area =>
      area.trigger(target.dags.succeeds, {}),
    );
    const since = new Date(Date.now() - 60_000).toISOString();
    const changed = await all(
      client.read(runs, area => area.list({ updatedFrom: since })),
    );
    expect(changed.map(({ runId }) => runId)).toContain(run.runId);
  });

  it('gives one run with conf, and says when there is none', async () => {
    const { dagId } = target.dags.fails;
    const { runId } = await runOf(dagId, 'failed');
    const run = await client.ask(runs, area => area.get({ dagId, runId }));
    expect(run).toMatchObject({ dagId, runId, state: 'failed' });
    expect(run.durationMs).toBeGreaterThanOrEqual(0);
    expect(run.conf).toMatch(/^\{/);
    await expect(
      client.ask(runs, area => area.get({ dagId, runId: 'none' })),
    ).rejects.toMatchObject(missing);
    await expect(
      client.ask(runs, area => area.get({ dagId: 'no.such', runId: 'none' })),
    ).rejects.toMatchObject(missing);
  });

  it('finds a run in the list of its moment, whatever its id, and counts those of a window', async () => {
    const { dagId } = target.dags.fails;
    const run = await runOf(dagId, 'failed');
    const { runId, runAfter } = run;
    expect(await client.ask(runs, area => area.find(run))).toMatchObject({
      dagId,
      runId,
    });
    const slashed = 'media/2026/none.mp4';
    expect(
      await client.ask(runs, area => area.find({ ...run, runId: slashed })),
    ).toBeNull();
    await expect(
      client.ask(runs, area => area.get({ dagId, runId: slashed })),
    ).rejects.toMatchObject({
      code: 'unsupported',
    });
    const moment = { runAfterFrom: runAfter, runAfterTo: runAfter };
    const there = await all(client.read(runs, area => area.list(moment)));
    expect(await client.ask(runs, area => area.count(moment))).toBe(
      there.length,
    );
    expect(
      await client.ask(runs, area =>
        area.count({
          runAfterFrom: '2001-01-01T00:00:00.000Z',
          runAfterTo: '2001-01-02T00:00:00.000Z',
        }),
      ),
    ).toBe(0);
  });

  it('lists the task instances of a run, and says when there is none', async () => {
    const { dagId, taskId } = target.dags.fails;
    const { runId } = await runOf(dagId, 'failed');
    const listed = await all(
      client.read(tasks, area => area.ofRun({ dagId, runId })),
    );
    expect(listed.map(task => taskInstanceSchema.parse(task))).toEqual(listed);
    expect(listed.find(task => task.taskId === taskId)).toMatchObject({
      state: 'failed',
      mapIndex: -1,
    });
    expect(listed.map(({ state }) => state)).toContain('upstream_failed');
    await expect(
      all(client.read(tasks, area => area.ofRun({ dagId, runId: 'none' }))),
    ).rejects.toMatchObject(missing);
  });

  it('lists every instance of a mapped task, each to be had by its index', async () => {
    const { dagId, taskId } = target.dags.mapped;
    const { runId } = await first(
      client.read(runs, area =>
        area.list({ dagId, states: ['success', 'failed'] }),
      ),
    );
    const listed = await all(
      client.read(tasks, area => area.ofRun({ dagId, runId })),
    );
    const mapped = listed.filter(task => task.taskId === taskId);
    expect(
      mapped.map(({ mapIndex }) => mapIndex).sort((a, b) => a - b),
    ).toEqual(mapped.map((_, i) => i));
    expect(mapped.length).toBeGreaterThan(1);
    const one = await client.ask(tasks, area =>
      area.get({
        dagId,
        runId,
        taskId,
        mapIndex: 1,
      }),
    );
    expect(one).toMatchObject({ taskId, mapIndex: 1 });
    await expect(
      client.ask(tasks, area =>
        area.get({ dagId, runId, taskId, mapIndex: 99_999 }),
      ),
    ).rejects.toMatchObject(missing);
  });

  it('lists each task of a run of many pages once, whatever order its database gives them in', async () => {
    const dagId = target.dags.many;
    const planned = await client.ask(structures, area => area.of(dagId));
    const ids = planned.tasks.map(({ taskId }) => taskId).sort();
    expect(ids.length).toBeGreaterThan(100);
    const { runId, runAfter } = await runOf(dagId, 'success');
    const listed = await all(
      client.read(tasks, area => area.ofRun({ dagId, runId })),
    );
    expect(listed.map(({ taskId }) => taskId).sort()).toEqual(ids);
    const moment = { runAfterFrom: runAfter, runAfterTo: runAfter };
    const ofMoment = await all(
      client.read(tasks, area => area.ofRuns(dagId, moment)),
    );
    expect(ofMoment.map(({ taskId }) => taskId).sort()).toEqual(ids);
  });

  it('lists the task instances of many runs at once', async () => {
    const { dagId } = target.dags.fails;
    const { runId, runAfter } = await runOf(dagId, 'failed');
    const window = { runAfterFrom: runAfter, runAfterTo: runAfter };
    const listed = await all(
      client.read(tasks, area => area.ofRuns(dagId, window)),
    );
    expect(new Set(listed.map(task => task.runId))).toEqual(new Set([runId]));
    const before = {
      runAfterFrom: '2020-01-01T00:00:00Z',
      runAfterTo: '2020-01-02T00:00:00Z',
    };
    expect(
      await all(client.read(tasks, area => area.ofRuns(dagId, before))),
    ).toEqual([]);
  });

  it('lists the tries of a task, oldest first', async () => {
    const ref = await failedTask();
    const tries = await client.ask(tasks, area => area.tries(ref));
    expect(tries.map(({ tryNumber }) => tryNumber)).toEqual(
      Array.from({ length: ref.tries }, (_, i) => i + 1),
    );
    expect(tries.at(-1)).toMatchObject({ state: 'failed' });
    await expect(
      client.ask(tasks, area => area.tries({ ...ref, taskId: 'none' })),
    ).rejects.toMatchObject(missing);
  });

  it('reads a log as entries of one shape, with the traceback as errors', async () => {
    const ref = await failedTask();
    const entries: LogEntry[] = [];
    for await (const entry of client.read(taskLogs, area =>
      area.read(ref, ref.tries),
    )) {
      entries.push(logEntrySchema.parse(entry));
    }
    const lines = entries.flatMap(entry =>
      entry.kind === 'line' ? [entry] : [],
    );
    const errors = lines
      .filter(({ level }) => level === 'error')
      .map(({ text }) => text);
    expect(errors).toContain('Traceback (most recent call last):');
    expect(errors).toContainEqual(
      expect.stringMatching(/^\s+File ".+", line \d+, in \w+/),
    );
    expect(errors).toContainEqual(expect.stringMatching(/^[\w.]*Error: /));
    expect(lines.some(({ time }) => time !== null)).toBe(true);
    expect(lines.filter(({ text }) => text.includes('group::'))).toEqual([]);
    await expect(
      client
        .read(taskLogs, area => area.read({ ...ref, taskId: 'none' }, 1))
        .next(),
    ).rejects.toMatchObject(missing);
  });

  it('streams a log of 100,000 lines with its groups', async () => {
    const { dagId, taskId } = target.dags.bigLog;
    const { runId } = await runOf(dagId, 'success');
    const counts = {
      line: 0,
      'group-start': 0,
      'group-end': 0,
      notice: 0,
      gap: 0,
    };
    const ref = { dagId, runId, taskId, mapIndex: -1 };
    for await (const { kind } of client.read(taskLogs, area =>
      area.read(ref, 1),
    ))
      counts[kind] += 1;
    expect(counts.line).toBeGreaterThanOrEqual(100_000);
    expect(counts['group-start']).toBe(counts['group-end']);
    expect(counts['group-start']).toBeGreaterThan(0);
  });

  it('ends a stream that its reader leaves', async () => {
    const { dagId, taskId } = target.dags.bigLog;
    const { runId } = await runOf(dagId, 'success');
    const ref = { dagId, runId, taskId, mapIndex: -1 };
    for await (const entry of client.read(taskLogs, area =>
      area.read(ref, 1),
    )) {
      expect(logEntrySchema.safeParse(entry).success).toBe(true);
      break;
    }
    expect((await client.ask(health, area => area.components())).length).toBe(
      4,
    );
  });

  it('triggers a DAG with conf, run id and note', async () => {
    const runId = `contract-${Date.now()}`;
    const conf =
      '{"reason":"contract","big":9007199254740993,"nested":{"list":[12345678901234567890,1.0]}}';
    const { succeeds } = target.dags;
    const run = await client.ask(triggering, area =>
      area.trigger(succeeds, {
        runId,
        conf,
        note: 'by the contract',
      }),
    );
    expect(run).toMatchObject({ dagId: succeeds, runId, type: 'manual' });
    const found = await client.ask(runs, area =>
      area.get({ dagId: succeeds, runId }),
    );
    expect(found.note).toBe('by the contract');
    expect(membersOf(compactJson(found.conf))).toEqual(membersOf(conf));
    await expect(
      client.ask(triggering, area => area.trigger(succeeds, { runId })),
    ).rejects.toMatchObject({
      code: 'airflow-conflict',
    });
  });

  it("refuses what a DAG's params do not allow, in Airflow's own words", async () => {
    const { dagId, tooLow } = target.dags.params;
    await expect(
      client.ask(triggering, area => area.trigger(dagId, { conf: tooLow })),
    ).rejects.toMatchObject({
      code: 'airflow-bad-request',
      message: expect.stringMatching(/minimum|less than/i),
    });
    await expect(
      client.ask(triggering, area => area.trigger('no.such', {})),
    ).rejects.toMatchObject(missing);
  });

  it('pauses and unpauses', async () => {
    const { succeeds } = target.dags;
    expect(
      await client.ask(dags, area => area.setPaused(succeeds, true)),
    ).toMatchObject({
      dagId: succeeds,
      paused: true,
    });
    expect(await client.ask(dags, area => area.get(succeeds))).toMatchObject({
      paused: true,
    });
    expect(
      await client.ask(dags, area => area.setPaused(succeeds, false)),
    ).toMatchObject({
      paused: false,
    });
    await expect(
      client.ask(dags, area => area.setPaused('no.such', true)),
    ).rejects.toMatchObject(missing);
  });

  it('lets a viewer read but not act', async () => {
    expect(
      (await all(reader.read(dags, area => area.list()))).length,
    ).toBeGreaterThan(0);
    const { succeeds } = target.dags;
    const forbidden = { code: 'forbidden', httpStatus: 403 };
    await expect(
      reader.ask(triggering, area => area.trigger(succeeds, {})),
    ).rejects.toMatchObject(forbidden);
    await expect(
      reader.ask(dags, area => area.setPaused(succeeds, true)),
    ).rejects.toMatchObject(forbidden);
  });

  it('tells wrong credentials from lacking rights', async () => {
    await expect(
      all(stranger.read(dags, area => area.list())),
    ).rejects.toMatchObject({
      code: 'unauthorized',
    });
    await expect(
      stranger.ask(triggering, area => area.trigger(target.dags.succeeds, {})),
    ).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it("leads to Airflow's own pages", async () => {
    await client.info();
    const { dagId } = target.dags.fails;
    const url = client.webUrl({ dagId });
    const answer = await fetch(url, { redirect: 'manual' });
    expect([200, 302]).toContain(answer.status);
    expect(url).toContain(`/dags/${encodeURIComponent(dagId)}`);
  });

  it('stops when it is told to', async () => {
    const gone = new AbortController();
    gone.abort(new Error('no longer wanted'));
    await expect(
      client.ask(dags, area => area.get('any'), { signal: gone.signal }),
    ).rejects.toThrow('no longer wanted');
  });

  it('counts every request that it sends', async () => {
    let requests = 0;
    const onRequest = () => {
      requests += 1;
    };
    await client.info();
    await client.ask(dags, area => area.get(target.dags.succeeds), {
      onRequest,
    });
    expect(requests).toBe(1);
  });
}
