import type { Stores } from '.';
import { freshStores, testDatabases } from '../__testUtils__/databases';
import { aDag, aScope } from '../__testUtils__/rows';

const databases = testDatabases();
const scope = aScope('prod');
const readAt = new Date('2026-11-24T03:00:00.000Z');

describe.each(databases.eachSupportedId())('very much on %s', id => {
  let stores: Stores;

  beforeAll(async () => {
    ({ stores } = await freshStores(databases, id));
    const dags = Array.from({ length: 30 }, (_, i) =>
      aDag(`dag-${i}`, {
        tags: ['daily', ...Array.from({ length: 50 }, (__, j) => `${i}-${j}`)],
      }),
    );
    await stores.dags.save('prod', dags, readAt);
    await stores.dagDocs.save('prod', 'dag-0', 'x'.repeat(200_000), readAt);
  });

  it('is counted by the most frequent values', async () => {
    const { tag } = await stores.dags.facets({ scope, filter: {} });
    expect(tag).toHaveLength(1_000);
    expect(tag[0]).toEqual({ value: 'daily', count: 30 });
  });

  it('is indexed by the beginning of its docs', async () => {
    const { items } = await stores.dagDocs.documents({
      scope,
      page: { limit: 250 },
    });
    expect(items.map(({ docs }) => docs?.length ?? 0)).toEqual([
      20_000,
      ...Array(29).fill(0),
    ]);
  });
});
