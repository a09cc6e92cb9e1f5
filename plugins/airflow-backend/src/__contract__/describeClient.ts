import { dags } from '../airflow/areas/dags';
import { triggering } from '../airflow/areas/triggering';
import { health } from '../airflow/areas/health';
import type { Askers } from './askers';
import { forbidden } from './found';
import { all } from './pages';

/** What holds of whatever is asked of an Airflow: who may, how it is counted, how it is stopped. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeClient(on: Askers): void {
  it('tells its version and what it can do', async () => {
    const info = await on.client.info();
    expect(info.apiVersion).toBe(on.target.apiVersion);
    expect(info.airflowVersion).toMatch(/^\d+\.\d+\.\d+/);
    expect(info.capabilities.includes('structured-logs')).toBe(
      on.target.apiVersion === 'v2',
    );
  });

  it('tells the health of four components', async () => {
    const components = await on.client.ask(health, area => area.components());
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

  it('lets a viewer read but not act', async () => {
    expect(
      (await all(on.reader.read(dags, area => area.list()))).length,
    ).toBeGreaterThan(0);
    const { succeeds } = on.target.dags;
    await expect(
      on.reader.ask(triggering, area => area.trigger(succeeds, {})),
    ).rejects.toMatchObject(forbidden);
    await expect(
      on.reader.ask(dags, area => area.setPaused(succeeds, true)),
    ).rejects.toMatchObject(forbidden);
  });

  it('tells wrong credentials from lacking rights', async () => {
    await expect(
      all(on.stranger.read(dags, area => area.list())),
    ).rejects.toMatchObject({
      code: 'unauthorized',
    });
    await expect(
      on.stranger.ask(triggering, area =>
        area.trigger(on.target.dags.succeeds, {}),
      ),
    ).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it("leads to Airflow's own pages", async () => {
    await on.client.info();
    const { dagId } = on.target.dags.fails;
    const url = on.client.webUrl({ dagId });
    const answer = await fetch(url, { redirect: 'manual' });
    expect([200, 302]).toContain(answer.status);
    expect(url).toContain(`/dags/${encodeURIComponent(dagId)}`);
  });

  it('stops when it is told to', async () => {
    const gone = new AbortController();
    gone.abort(new Error('no longer wanted'));
    await expect(
      on.client.ask(dags, area => area.get('any'), { signal: gone.signal }),
    ).rejects.toThrow('no longer wanted');
  });

  it('counts every request that it sends', async () => {
    let requests = 0;
    const onRequest = () => {
      requests += 1;
    };
    await on.client.info();
    await on.client.ask(dags, area => area.get(on.target.dags.succeeds), {
      onRequest,
    });
    expect(requests).toBe(1);
  });
}
