import type { PortalAction } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Stores } from '..';
import { startedRunKey } from './ActionStore';
import { freshStores, testDatabases } from '../../__testUtils__/databases';

const databases = testDatabases();

const action = (
  at: number,
  change: Partial<PortalAction> = {},
): PortalAction => ({
  id: `action-${at}`,
  at: new Date(at).toISOString(),
  event: 'dag-trigger',
  who: 'user:default/ada',
  dagId: 'report',
  runId: 'r1',
  taskId: null,
  reason: 'late data',
  error: null,
  ...change,
});

describe.each(databases.eachSupportedId())('ActionStore on %s', id => {
  let stores: Stores;

  beforeEach(async () => {
    ({ stores } = await freshStores(databases, id));
    await stores.actions.add('prod', action(1_000));
    await stores.actions.add(
      'prod',
      action(2_000, { runId: 'r2', reason: null }),
    );
    await stores.actions.add('prod', action(3_000, { dagId: 'other' }));
    await stores.actions.add('prod', action(4_000, { error: 'refused' }));
    await stores.actions.add('staging', action(5_000));
  });

  const at = (actions: PortalAction[]) =>
    actions.map(one => Date.parse(one.at));

  it('knows who started which runs, and nobody of what was refused', async () => {
    const names = ['r1', 'r2', 'r3'].map(runId => ({
      cluster: 'prod',
      dagId: 'report',
      runId,
    }));
    await stores.actions.add('prod', action(6_000, { event: 'run-clear' }));
    const refused = { runId: 'r3', error: 'refused' };
    await stores.actions.add('prod', action(7_000, refused));
    const found = await stores.actions.starters(names);
    expect(names.map(name => found.get(startedRunKey(name)))).toEqual([
      'user:default/ada',
      'user:default/ada',
      undefined,
    ]);
    expect(await stores.actions.starters([])).toEqual(new Map());
  });

  it('gives back what was done, newest first', async () => {
    const of = { cluster: 'prod', dagId: 'report' };
    expect(await stores.actions.last(of, 10)).toEqual([
      action(4_000, { error: 'refused' }),
      action(2_000, { runId: 'r2', reason: null }),
      action(1_000),
    ]);
    expect(at(await stores.actions.last(of, 2))).toEqual([4_000, 2_000]);
    expect(at(await stores.actions.last({ ...of, runId: 'r1' }, 10))).toEqual([
      4_000, 1_000,
    ]);
  });

  it('gives those within a window, of a cluster or one DAG', async () => {
    const of = { cluster: 'prod', from: new Date(2_000), to: new Date(4_000) };
    expect(at(await stores.actions.within(of, 10))).toEqual([
      4_000, 3_000, 2_000,
    ]);
    expect(
      at(await stores.actions.within({ ...of, dagId: 'report' }, 10)),
    ).toEqual([4_000, 2_000]);
  });

  it('forgets what is old', async () => {
    await stores.actions.removeBefore(new Date(3_500));
    const all = { cluster: 'prod', from: new Date(0), to: new Date(9_000) };
    expect(at(await stores.actions.within(all, 10))).toEqual([4_000]);
  });
});
