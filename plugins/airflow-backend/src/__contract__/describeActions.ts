import { setTimeout as delay } from 'node:timers/promises';
import {
  isUnfinished,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { runs } from '../airflow/areas/runs';
import { tasks } from '../airflow/areas/tasks';
import { triggering } from '../airflow/areas/triggering';
import { humanInputs } from '../airflow/areas/humanInputs';
import { marking, type TaskMarking } from '../airflow/areas/marking';
import { notes } from '../airflow/areas/notes';
import { removal } from '../airflow/areas/removal';
import { forbidden, missing, newestRun } from './found';
import { all } from './pages';
import type { Askers } from './askers';

/** What people do to runs, tasks and DAGs on every Airflow, whichever its version, beside clearing. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeActions(on: Askers): void {
  const stateOf = async (dagId: string, runId: string, taskId: string) => {
    const listed = await all(
      on.client.read(tasks, area => area.ofRun({ dagId, runId })),
    );
    return listed
      .filter(task => task.taskId === taskId)
      .sort((a, b) => a.mapIndex - b.mapIndex)
      .map(({ state }): TaskState => state);
  };
  const ended = async (dagId: string, runId: string) => {
    while (
      isUnfinished(
        (await on.client.ask(runs, area => area.get({ dagId, runId }))).state,
      )
    ) {
      await delay(250);
    }
  };
  const mark = (dagId: string, wanted: Partial<TaskMarking>) =>
    on.client.ask(marking, area =>
      area.markTasks(dagId, {
        runId: '',
        state: 'success',
        tasks: [],
        upstream: false,
        downstream: false,
        dryRun: true,
        ...wanted,
      }),
    );

  it('tells what marking a task would touch, leaves what is so already, and touches nothing', async () => {
    const { dagId, taskId } = on.target.dags.fails;
    const { runId } = await newestRun(on.client, dagId, 'failed');
    const named = [{ taskId, mapIndex: -1 }];
    const one = { taskId, mapIndex: -1, state: 'failed' };
    expect(await mark(dagId, { runId, tasks: named })).toEqual([one]);
    const below = await mark(dagId, { runId, tasks: named, downstream: true });
    expect(below).toContainEqual(one);
    expect(below.map(({ state }) => state)).toContain('upstream_failed');
    expect(await mark(dagId, { runId, tasks: named, state: 'failed' })).toEqual(
      [],
    );
    expect(await stateOf(dagId, runId, taskId)).toEqual(['failed']);
    await expect(
      mark(dagId, { runId, tasks: [{ taskId: 'none', mapIndex: -1 }] }),
    ).rejects.toMatchObject(missing);
    await expect(
      mark(dagId, { runId: 'none', tasks: named }),
    ).rejects.toMatchObject(missing);
  });

  it('marks a task', async () => {
    const { dagId, taskId } = on.target.dags.fails;
    // A run of its own: what else has failed here is to stay so.
    const runId = `contract-mark-${Date.now()}`;
    await on.client.ask(triggering, area =>
      area.trigger(dagId, { runId, conf: '{"fail": true}' }),
    );
    await ended(dagId, runId);
    const named = [{ taskId, mapIndex: -1 }];
    const marked = await mark(dagId, { runId, tasks: named, dryRun: false });
    expect(marked).toEqual([{ taskId, mapIndex: -1, state: 'failed' }]);
    expect(await stateOf(dagId, runId, taskId)).toEqual(['success']);
    // Nothing differs any more, so nothing is sent, which Airflow 3 would refuse.
    expect(await mark(dagId, { runId, tasks: named, dryRun: false })).toEqual(
      [],
    );
    await on.client.ask(marking, area =>
      area.markRun({ dagId, runId }, 'failed'),
    );
    await on.client.ask(removal, area => area.deleteRun({ dagId, runId }));
  });

  it('marks one instance of a mapped task, and all of them', async () => {
    const { dagId, taskId } = on.target.dags.mapped;
    const { runId } = await newestRun(on.client, dagId, 'success');
    const wanted = { runId, state: 'failed' as const, dryRun: false };
    const one = [{ taskId, mapIndex: 1 }];
    expect(await mark(dagId, { ...wanted, tasks: one })).toEqual([
      { taskId, mapIndex: 1, state: 'success' },
    ]);
    const states = await stateOf(dagId, runId, taskId);
    expect(states[1]).toBe('failed');
    expect(states.filter(state => state === 'failed')).toHaveLength(1);
    const every = [{ taskId, mapIndex: null }];
    const rest = await mark(dagId, { ...wanted, tasks: every, dryRun: true });
    expect(rest).toHaveLength(states.length - 1);
    const back = { ...wanted, state: 'success' as const, tasks: every };
    expect(await mark(dagId, back)).toEqual([
      { taskId, mapIndex: 1, state: 'failed' },
    ]);
  });

  it('marks a run, its tasks with it where they may yet change', async () => {
    const dagId = on.target.dags.succeeds;
    const { runId } = await newestRun(on.client, dagId, 'success');
    const [task] = await all(
      on.client.read(tasks, area => area.ofRun({ dagId, runId })),
    );
    await mark(dagId, {
      runId,
      state: 'failed',
      tasks: [{ taskId: task.taskId, mapIndex: -1 }],
      dryRun: false,
    });
    const asFailed = await on.client.ask(marking, area =>
      area.markRun({ dagId, runId }, 'failed'),
    );
    expect(asFailed).toMatchObject({ dagId, runId, state: 'failed' });
    const marked = await on.client.ask(marking, area =>
      area.markRun({ dagId, runId }, 'success'),
    );
    expect(marked).toMatchObject({ state: 'success' });
    // Airflow 3 leaves those alone that have ended.
    expect(await stateOf(dagId, runId, task.taskId)).toEqual([
      on.target.apiVersion === 'v1' ? 'success' : 'failed',
    ]);
    await expect(
      on.client.ask(marking, area =>
        area.markRun({ dagId, runId: 'none' }, 'failed'),
      ),
    ).rejects.toMatchObject(missing);
  });

  it('writes notes on runs and tasks, and takes them away', async () => {
    const { dagId, taskId } = on.target.dags.mapped;
    const { runId } = await newestRun(on.client, dagId, 'success');
    const ref = { dagId, runId, taskId, mapIndex: 1 };
    for (const note of ['waits for the bank', '']) {
      await on.client.ask(notes, area =>
        area.setRunNote({ dagId, runId }, note),
      );
      await on.client.ask(notes, area => area.setTaskNote(ref, note));
      const told = { note: note || null };
      expect(
        await on.client.ask(runs, area => area.get({ dagId, runId })),
      ).toMatchObject(told);
      expect(await on.client.ask(tasks, area => area.get(ref))).toMatchObject(
        told,
      );
    }
    await expect(
      on.client.ask(notes, area =>
        area.setRunNote({ dagId, runId: 'none' }, 'x'),
      ),
    ).rejects.toMatchObject(missing);
  });

  it('deletes a run', async () => {
    const dagId = on.target.dags.paused;
    const runId = `contract-delete-${Date.now()}`;
    await on.client.ask(triggering, area => area.trigger(dagId, { runId }));
    await on.client.ask(marking, area =>
      area.markRun({ dagId, runId }, 'failed'),
    );
    const deleted = () =>
      on.client.ask(removal, area => area.deleteRun({ dagId, runId }));
    await deleted();
    await expect(
      on.client.ask(runs, area => area.get({ dagId, runId })),
    ).rejects.toMatchObject(missing);
    await expect(deleted()).rejects.toMatchObject(missing);
  });

  it('has a file parsed again, however often that is asked', async () => {
    const reparse = (dagId: string) =>
      on.client.ask(removal, area => area.reparse(dagId));
    // Airflow parses it in between or does not, and answers either in its own way.
    for (let times = 0; times < 5; times++) {
      await reparse(on.target.dags.succeeds);
    }
    await expect(reparse('no.such')).rejects.toMatchObject(missing);
  });

  it('says when there is no DAG to delete', async () => {
    await expect(
      on.client.ask(removal, area => area.deleteDag('no.such')),
    ).rejects.toMatchObject(missing);
  });

  it('answers what a task asks, once, where tasks ask', async () => {
    const listing = await on.client
      .ask(humanInputs, area => area.list({ dagId: 'any', runId: 'any' }))
      .catch(error => error.code);
    expect(listing).toEqual(on.target.dags.asks ? [] : 'unsupported');
    if (!on.target.dags.asks) return;
    const { dagId, taskId } = on.target.dags.asks;
    const runId = await askingRun(dagId);
    const listed = () =>
      on.client.ask(humanInputs, area => area.list({ dagId, runId }));
    const [asked] = await listed();
    expect(asked).toMatchObject({
      taskId,
      subject: expect.any(String),
      options: ['Approve', 'Reject'],
      multiple: false,
      answer: null,
    });
    const answer = (option: string) =>
      on.client.ask(humanInputs, area =>
        area.answer(
          { dagId, runId, taskId, mapIndex: asked.mapIndex },
          { options: [option], params: '{}' },
        ),
      );
    await expect(answer('Maybe')).rejects.toMatchObject({
      code: 'airflow-bad-request',
    });
    await answer('Approve');
    expect(await listed()).toMatchObject([
      { answer: { by: 'admin', options: ['Approve'] } },
    ]);
    await expect(answer('Reject')).rejects.toMatchObject({
      code: 'airflow-conflict',
    });
  });

  /** A run in which a task waits for an answer. */
  async function askingRun(dagId: string): Promise<string> {
    const { runId } = await newestRun(on.client, dagId, 'running').catch(() =>
      on.client.ask(triggering, area => area.trigger(dagId, {})),
    );
    for (;;) {
      const listed = await on.client.ask(humanInputs, area =>
        area.list({ dagId, runId }),
      );
      if (listed.some(({ answer }) => answer === null)) return runId;
      const { state } = await on.client.ask(runs, area =>
        area.get({ dagId, runId }),
      );
      if (!isUnfinished(state)) throw new Error(`${runId} asked nobody`);
      await delay(250);
    }
  }

  it('lets a viewer do none of it', async () => {
    const { dagId, taskId } = on.target.dags.mapped;
    const { runId } = await newestRun(on.client, dagId, 'success');
    const actions = [
      on.reader.ask(marking, area => area.markRun({ dagId, runId }, 'failed')),
      on.reader.ask(notes, area => area.setRunNote({ dagId, runId }, 'x')),
      on.reader.ask(notes, area =>
        area.setTaskNote({ dagId, runId, taskId, mapIndex: 1 }, 'x'),
      ),
      on.reader.ask(removal, area => area.deleteRun({ dagId, runId })),
      on.reader.ask(removal, area => area.deleteDag(dagId)),
      on.reader.ask(removal, area => area.reparse(dagId)),
    ];
    const refusals = await Promise.all(
      actions.map(action =>
        action.then(
          () => 'done',
          error => error,
        ),
      ),
    );
    for (const refusal of refusals) expect(refusal).toMatchObject(forbidden);
    expect(
      await on.client.ask(runs, area => area.get({ dagId, runId })),
    ).toMatchObject({ state: 'success' });
  });
}
