import { dags } from '../airflow/areas/dags';
import { importErrors } from '../airflow/areas/importErrors';
import type { Askers } from './askers';
import { missing } from './found';
import { all } from './pages';

/** What is read of the DAGs of every Airflow. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeDags(on: Askers): void {
  it('lists DAGs with what the fleet list shows', async () => {
    const listed = await all(on.client.read(dags, area => area.list()));
    const ids = listed.map(({ dagId }) => dagId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([on.target.dags.succeeds, on.target.dags.paused]),
    );
    const paused = listed.find(({ dagId }) => dagId === on.target.dags.paused);
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
    const dag = await on.client.ask(dags, area =>
      area.get(on.target.dags.succeeds),
    );
    expect(dag).toMatchObject({
      dagId: on.target.dags.succeeds,
      tags: expect.arrayContaining([expect.stringMatching(/^team:/)]),
    });
    await expect(
      on.client.ask(dags, area => area.get('no.such')),
    ).rejects.toMatchObject(missing);
    await expect(
      on.client.ask(dags, area => area.get('a/b')),
    ).rejects.toMatchObject({
      code: 'airflow-not-found',
    });
  });

  it("gives a DAG's params with schema and default", async () => {
    const { params } = await on.client.ask(dags, area =>
      area.details(on.target.dags.params.dagId),
    );
    const ofType = (type: string) =>
      params.find(({ schema }) => JSON.parse(schema).type === type);
    expect(ofType('integer')?.value).toMatch(/^\d+$/);
    expect(ofType('array')?.value).toMatch(/^\[/);
    await expect(
      on.client.ask(dags, area => area.details('no.such')),
    ).rejects.toMatchObject(missing);
  });

  it('lists import errors with their traceback', async () => {
    const errors = await all(on.client.read(importErrors, area => area.list()));
    expect(errors.length).toBeGreaterThan(0);
    expect(errors[0].filename).toMatch(/\.py$/);
    expect(errors[0].stackTrace).toMatch(/Error/);
  });

  it('pauses and unpauses', async () => {
    const { succeeds } = on.target.dags;
    expect(
      await on.client.ask(dags, area => area.setPaused(succeeds, true)),
    ).toMatchObject({
      dagId: succeeds,
      paused: true,
    });
    expect(await on.client.ask(dags, area => area.get(succeeds))).toMatchObject(
      {
        paused: true,
      },
    );
    expect(
      await on.client.ask(dags, area => area.setPaused(succeeds, false)),
    ).toMatchObject({
      paused: false,
    });
    await expect(
      on.client.ask(dags, area => area.setPaused('no.such', true)),
    ).rejects.toMatchObject(missing);
  });
}
