import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowClient } from '../AirflowClient';
import { backfills } from '../backfills';
import { all } from './pages';
import { admin, clientOf, type ContractTarget } from './targets';

/** Running a DAG for dates that are past, which Airflow does since version 3. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeBackfills(open: () => ContractTarget): void {
  let target: ContractTarget;
  let client: AirflowClient;

  beforeAll(() => {
    target = open();
    client = clientOf(target, admin);
  });
  afterAll(() => client.close());

  /** With what the runs of some dates were started. */
  const confsOf = async (
    dagId: string,
    { from, to }: { from: Instant; to: Instant },
  ) => {
    const runs = await all(client.runs({ dagId }));
    const dated = runs.filter(
      ({ logicalDate: at }) =>
        at !== null &&
        Date.parse(at) >= Date.parse(from) &&
        Date.parse(at) <= Date.parse(to),
    );
    const details = await Promise.all(
      dated.map(({ runId }) => client.run(dagId, runId)),
    );
    return details.map(({ conf }) => conf);
  };

  it('makes, pauses and cancels a backfill, where there are any', async () => {
    const { dagId, from, to } = target.dags.timed;
    const asked = {
      from,
      to,
      backwards: false,
      reprocess: 'completed' as const,
      maxActiveRuns: 1,
      conf: { askedAt: Date.now() },
    };
    const told = await client
      .ask(backfills, area => area.preview(dagId, asked))
      .then(
        dates => dates.length > 1,
        error => error.code,
      );
    const hasBackfills = target.apiVersion === 'v2';
    expect(told).toBe(hasBackfills || 'unsupported');
    if (!hasBackfills) return;
    const made = await client.ask(backfills, area => area.create(dagId, asked));
    expect(made).toMatchObject({ paused: false, maxActiveRuns: 1 });
    expect(await confsOf(dagId, { from, to })).toEqual(
      expect.arrayContaining([asked.conf]),
    );
    const change = (of: string, what: 'pause' | 'unpause' | 'cancel') =>
      client.ask(backfills, area => area.change(of, made.id, what));
    expect(await change(dagId, 'pause')).toMatchObject({ paused: true });
    expect(await change(dagId, 'unpause')).toMatchObject({ paused: false });
    await expect(change(target.dags.succeeds, 'cancel')).rejects.toMatchObject({
      code: 'airflow-not-found',
    });
    const { completedAt } = await change(dagId, 'cancel');
    expect(completedAt).not.toBeNull();
    const [last] = await client.ask(backfills, area => area.list(dagId));
    expect(last).toMatchObject({ id: made.id, completedAt });
    await expect(change(dagId, 'cancel')).rejects.toMatchObject({
      code: 'airflow-conflict',
    });
  });
}
