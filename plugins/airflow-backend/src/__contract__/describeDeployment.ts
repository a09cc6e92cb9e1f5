import {
  activitySchema,
  pluginSchema,
  poolSchema,
  providerSchema,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { AirflowClient } from '../airflow';
import { dags } from '../airflow/areas/dags';
import { health } from '../airflow/areas/health';
import { deployment, type ActivityQuery } from '../airflow/areas/deployment';
import { writeAccess } from '../airflow/areas/writeAccess';
import { all } from './pages';
import type { Askers } from './askers';

/** What every Airflow tells of itself, whichever its version. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeDeployment(on: Askers): void {
  const activity = (query: Partial<ActivityQuery> = {}, asker = on.client) =>
    asker.ask(deployment, area =>
      area.activity({ offset: 0, limit: 20, ...query }),
    );

  it('tells the time with every answer', async () => {
    await on.client.info();
    await on.client.ask(health, area => area.components());
    expect(on.client.clock()?.measuredAt).toBeInstanceOf(Date);
  });

  it('tells whether its user may change things, and writes that down nowhere', async () => {
    const ask = (asker: AirflowClient) =>
      asker.ask(writeAccess, area => area.mayWrite());
    expect(await ask(on.client)).toBe(true);
    expect(await ask(on.reader)).toBe(false);
    const lines = await activity({ limit: 100 });
    const left = lines.filter(line =>
      /asks-whether|reparse|dry_run/.test(JSON.stringify(line)),
    );
    expect(left).toEqual([]);
  });

  it('lists its pools with what takes their slots', async () => {
    const pools = await all(on.reader.read(deployment, area => area.pools()));
    expect(pools.map(pool => poolSchema.parse(pool))).toEqual(pools);
    const main = pools.find(({ name }) => name === 'default_pool');
    expect(main?.open).toBeLessThanOrEqual(main?.slots ?? 0);
  });

  it('lists its providers and plugins', async () => {
    const providers = await all(
      on.client.read(deployment, area => area.providers()),
    );
    expect(providers.map(one => providerSchema.parse(one))).toEqual(providers);
    expect(providers.map(({ name }) => name)).toContain(
      'apache-airflow-providers-common-sql',
    );
    const plugins = await all(
      on.client.read(deployment, area => area.plugins()),
    );
    expect(plugins.map(plugin => pluginSchema.parse(plugin))).toEqual(plugins);
  });

  it('tells what was done in it, newest first, a page at a time', async () => {
    const { succeeds } = on.target.dags;
    await on.client.ask(dags, area => area.setPaused(succeeds, true));
    await on.client.ask(dags, area => area.setPaused(succeeds, false));
    const lines = await activity();
    expect(lines.map(line => activitySchema.parse(line))).toEqual(lines);
    const moments = lines.map(({ at }) => at);
    expect([...moments].sort().reverse()).toEqual(moments);
    const before = new Date(Date.parse(moments[0]) + 1).toISOString();
    const [second] = await activity({ before, offset: 1, limit: 1 });
    expect(second).toEqual(lines[1]);
  });

  it('tells what was done with one DAG, by one person', async () => {
    const { succeeds } = on.target.dags;
    await on.client.ask(dags, area => area.setPaused(succeeds, false));
    const [{ event }] = await activity({ dagId: succeeds, who: 'admin' });
    const same = await activity({ dagId: succeeds, who: 'admin', event });
    expect(same.length).toBeGreaterThan(0);
    expect(
      new Set(same.map(line => [line.dagId, line.who, line.event].join())),
    ).toEqual(new Set([[succeeds, 'admin', event].join()]));
    expect(await activity({ dagId: 'never.touched' })).toEqual([]);
  });

  // As docs/configuration.md says of the least rights.
  it.each([
    ['its event log', () => activity({}, on.reader)],
    [
      'its providers',
      () => all(on.reader.read(deployment, area => area.providers())),
    ],
    [
      'its plugins',
      () => all(on.reader.read(deployment, area => area.plugins())),
    ],
  ])('does not let a viewer of Airflow 2 read %s', async (_what, read) => {
    const outcome = await read().then(
      () => 'told',
      ({ code }) => code,
    );
    expect(outcome).toBe(on.target.apiVersion === 'v1' ? 'forbidden' : 'told');
  });
}
