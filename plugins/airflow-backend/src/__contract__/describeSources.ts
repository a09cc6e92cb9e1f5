import {
  assetEventSchema,
  assetSchema,
  dagVersionSchema,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { assets } from '../airflow/areas/assets';
import { sources } from '../airflow/areas/sources';
import { missing } from './found';
import type { Askers } from './askers';

/** What every Airflow tells of the code of a DAG, and of the data that it writes and waits for. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeSources(on: Askers): void {
  it('gives the code of a DAG, with its version where there are versions', async () => {
    const { succeeds } = on.target.dags;
    const source = await on.reader.ask(sources, area => area.of(succeeds));
    expect(source.code).toContain('@dag(');
    const versions = await on.reader.ask(sources, area =>
      area.versions(succeeds),
    );
    expect(versions.map(one => dagVersionSchema.parse(one))).toEqual(versions);
    const isKept = on.target.apiVersion === 'v2';
    expect(versions.length > 0).toBe(isKept);
    expect(source.version).toBe(isKept ? versions[0].number : null);
    const again = await on.reader.ask(sources, area =>
      area.of(succeeds, source.version ?? undefined),
    );
    expect(again).toEqual(source);
  });

  it('says when there is no code', async () => {
    await expect(
      on.reader.ask(sources, area => area.of('no.such')),
    ).rejects.toMatchObject(missing);
  });

  it('lists what a DAG writes, and what one waits for', async () => {
    const { writer, waiter } = on.target.dags.data;
    const written = await on.reader.ask(assets, area => area.ofDag(writer));
    expect(written.map(asset => assetSchema.parse(asset))).toEqual(written);
    const shared = written.find(({ consumers }) => consumers.includes(waiter));
    expect(shared?.producers.map(({ dagId }) => dagId)).toContain(writer);
    const awaited = await on.reader.ask(assets, area => area.ofDag(waiter));
    expect(awaited.map(({ uri }) => uri)).toContain(shared?.uri);
    const { succeeds } = on.target.dags;
    expect(await on.reader.ask(assets, area => area.ofDag(succeeds))).toEqual(
      [],
    );
  });

  it('tells who wrote it when, newest first', async () => {
    const { writer, waiter } = on.target.dags.data;
    const written = await on.reader.ask(assets, area => area.ofDag(writer));
    const shared = written.find(({ consumers }) => consumers.includes(waiter));
    const events = await on.reader.ask(assets, area =>
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
