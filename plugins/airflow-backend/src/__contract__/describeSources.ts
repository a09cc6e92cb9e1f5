import {
  assetEventSchema,
  assetSchema,
  dagVersionSchema,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowClient } from '../airflow';
import { assets } from '../airflow/areas/assets';
import { sources } from '../airflow/areas/sources';
import { clientOf, viewer, type ContractTarget } from './targets';

/** What every Airflow tells of the code of a DAG, and of the data that it writes and waits for. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeSources(open: () => ContractTarget): void {
  let target: ContractTarget;
  let reader: AirflowClient;

  beforeAll(() => {
    target = open();
    reader = clientOf(target, viewer);
  });
  afterAll(() => reader.close());

  const missing = { code: 'airflow-not-found', httpStatus: 404 };

  it('gives the code of a DAG, with its version where there are versions', async () => {
    const { succeeds } = target.dags;
    const source = await reader.ask(sources, area => area.of(succeeds));
    expect(source.code).toContain('@dag(');
    const versions = await reader.ask(sources, area => area.versions(succeeds));
    expect(versions.map(one => dagVersionSchema.parse(one))).toEqual(versions);
    const isKept = target.apiVersion === 'v2';
    expect(versions.length > 0).toBe(isKept);
    expect(source.version).toBe(isKept ? versions[0].number : null);
    const again = await reader.ask(sources, area =>
      area.of(succeeds, source.version ?? undefined),
    );
    expect(again).toEqual(source);
  });

  it('says when there is no code', async () => {
    await expect(
      reader.ask(sources, area => area.of('no.such')),
    ).rejects.toMatchObject(missing);
  });

  it('lists what a DAG writes, and what one waits for', async () => {
    const { writer, waiter } = target.dags.data;
    const written = await reader.ask(assets, area => area.ofDag(writer));
    expect(written.map(asset => assetSchema.parse(asset))).toEqual(written);
    const shared = written.find(({ consumers }) => consumers.includes(waiter));
    expect(shared?.producers.map(({ dagId }) => dagId)).toContain(writer);
    const awaited = await reader.ask(assets, area => area.ofDag(waiter));
    expect(awaited.map(({ uri }) => uri)).toContain(shared?.uri);
    const { succeeds } = target.dags;
    expect(await reader.ask(assets, area => area.ofDag(succeeds))).toEqual([]);
  });

  it('tells who wrote it when, newest first', async () => {
    const { writer, waiter } = target.dags.data;
    const written = await reader.ask(assets, area => area.ofDag(writer));
    const shared = written.find(({ consumers }) => consumers.includes(waiter));
    const events = await reader.ask(assets, area =>
      area.events(shared?.id ?? -1, 10),
    );
    expect(events.map(event => assetEventSchema.parse(event))).toEqual(events);
    expect(events[0]).toMatchObject({
      assetId: shared?.id,
      source: { dagId: writer, runId: expect.stringMatching(/./) },
    });
    const moments = events.map(({ at }) => at);
    expect([...moments].sort().reverse()).toEqual(moments);
  });
}
