import {
  compactJson,
  isUnfinished,
  type Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { AirflowError } from '../airflow';
import { dags } from '../airflow/areas/dags';
import { runs } from '../airflow/areas/runs';
import { triggering } from '../airflow/areas/triggering';
import { backfills } from '../airflow/areas/backfills';
import { marking } from '../airflow/areas/marking';
import { removal } from '../airflow/areas/removal';
import { all } from './pages';
import type { Askers } from './askers';

/** Running a DAG for dates that are past, which Airflow does since version 3. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeBackfills(on: Askers): void {
  /** The runs of some dates. */
  const runsOf = async (
    dagId: string,
    { from, to }: { from: Instant; to: Instant },
  ) => {
    const listed = await all(
      on.client.read(runs, area => area.list({ dagId, runAfterFrom: from })),
    );
    return listed.filter(
      ({ logicalDate: at }) =>
        at !== null &&
        Date.parse(at) >= Date.parse(from) &&
        Date.parse(at) <= Date.parse(to),
    );
  };

  /** With what they were started. */
  const confsOf = async (...span: Parameters<typeof runsOf>) => {
    const listed = await runsOf(...span);
    const details = await Promise.all(
      listed.map(({ dagId, runId }) =>
        on.client.ask(runs, area => area.get({ dagId, runId })),
      ),
    );
    return details.map(({ conf }) => compactJson(conf));
  };

  it('makes, pauses and cancels a backfill, where there are any', async () => {
    const { dagId, from, to } = on.target.dags.timed;
    const asked = {
      from,
      to,
      backwards: false,
      reprocess: 'completed' as const,
      maxActiveRuns: 1,
      conf: `{"askedAt":${Date.now()}}`,
      onLatestVersion: true,
    };
    const told = await on.client
      .ask(backfills, area => area.preview(dagId, asked))
      .then(
        dates => dates.length > 1,
        error => error.code,
      );
    const hasBackfills = on.target.apiVersion === 'v2';
    expect(told).toBe(hasBackfills || 'unsupported');
    if (!hasBackfills) return;
    const made = await on.client.ask(backfills, area =>
      area.create(dagId, asked),
    );
    expect(made).toMatchObject({ paused: false, maxActiveRuns: 1 });
    expect(await confsOf(dagId, { from, to })).toEqual(
      expect.arrayContaining([asked.conf]),
    );
    const change = (of: string, what: 'pause' | 'unpause' | 'cancel') =>
      on.client.ask(backfills, area => area.change(of, made.id, what));
    expect(await change(dagId, 'pause')).toMatchObject({ paused: true });
    expect(await change(dagId, 'unpause')).toMatchObject({ paused: false });
    await expect(
      change(on.target.dags.succeeds, 'cancel'),
    ).rejects.toMatchObject({
      code: 'airflow-not-found',
    });
    const { completedAt } = await change(dagId, 'cancel');
    expect(completedAt).not.toBeNull();
    const [last] = await on.client.ask(backfills, area => area.list(dagId));
    expect(last).toMatchObject({ id: made.id, completedAt });
    await expect(change(dagId, 'cancel')).rejects.toMatchObject({
      code: 'airflow-conflict',
    });
  });

  it('tells of which DAGs it makes a backfill, and refuses the others', async () => {
    const { timed, data } = on.target.dags;
    const refusalOf = async (dagId: string) =>
      (await on.client.ask(dags, area => area.details(dagId))).backfillRefusal;
    expect(await refusalOf(timed.dagId)).toBeNull();
    if (on.target.apiVersion === 'v1') return;
    expect(await refusalOf(data.waiter)).toBe('no-dates');
    await expect(
      on.client.ask(backfills, area =>
        area.preview(data.waiter, {
          from: timed.from,
          to: timed.to,
          backwards: false,
          reprocess: 'none',
          maxActiveRuns: 1,
        }),
      ),
    ).rejects.toMatchObject({
      code: 'airflow-bad-request',
      message: expect.stringContaining('does not support backfills'),
    });
  });

  it('makes a run that it repeats one of its own', async () => {
    if (on.target.apiVersion === 'v1') return;
    const { dagId, from, to } = on.target.dags.timed;
    const asked = {
      from,
      to,
      backwards: false,
      reprocess: 'failed' as const,
      maxActiveRuns: 1,
      onLatestVersion: false,
    };
    // Airflow answers with a database error when its scheduler changes the run in the same moment.
    const end = async (runId: string, tries = 5): Promise<void> => {
      try {
        await on.client.ask(marking, area =>
          area.markRun({ dagId, runId }, 'failed'),
        );
      } catch (error) {
        const isTaken =
          error instanceof AirflowError && error.code === 'server-error';
        if (!isTaken || tries === 1) throw error;
        await end(runId, tries - 1);
      }
    };
    // An earlier backfill may still run some of them, which are not repeated.
    for (const { runId, state } of await runsOf(dagId, { from, to })) {
      if (isUnfinished(state)) await end(runId);
    }
    const [date] = await on.client.ask(backfills, area =>
      area.preview(dagId, { ...asked, reprocess: 'completed' }),
    );
    const day = { from: date, to: date };
    for (const { runId } of await runsOf(dagId, day)) {
      await on.client.ask(removal, area => area.deleteRun({ dagId, runId }));
    }
    const { runId, type } = await on.client.ask(triggering, area =>
      area.trigger(dagId, {
        runId: `contract-repeat-${Date.now()}`,
        logicalDate: date,
      }),
    );
    expect(type).toBe('manual');
    await end(runId);
    const { id } = await on.client.ask(backfills, area =>
      area.create(dagId, { ...asked, ...day }),
    );
    expect(await runsOf(dagId, day)).toMatchObject([
      { runId, type: 'backfill', triggeredBy: 'backfill' },
    ]);
    await on.client.ask(backfills, area => area.change(dagId, id, 'cancel'));
  });
}
