import {
  matchesGlob,
  type Ownership,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import type { Stores } from '..';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { aDag, aRun, aScope } from '../../__testUtils__/rows';
import type { DecideOwner } from './DagOwnerStore';
import type { DagFilter } from '../kit/types';

const databases = testDatabases();
const readAt = new Date('2026-11-24T03:00:00.000Z');
const scope = aScope('prod', 'staging');

const byTag: DecideOwner = dag => {
  const team = dag.tags.find(tag => tag.startsWith('team:'));
  return team
    ? { ref: `group:default/${team.slice(5)}`, source: 'tag', by: team }
    : null;
};

describe.each(databases.eachSupportedId())('DagOwnerStore on %s', id => {
  let db: Knex;
  let stores: Stores;

  beforeAll(async () => {
    ({ db, stores } = await freshStores(databases, id));
    await stores.dags.save(
      'prod',
      [
        aDag('load_orders', { tags: ['team:shop'] }),
        aDag('Load_stock', { tags: ['team:shop', 'critical'] }),
        aDag('invoices', { tags: ['team:finance'], owners: ['billing'] }),
        aDag('orphan'),
      ],
      readAt,
    );
    await stores.dags.save(
      'staging',
      [aDag('load_orders', { tags: ['team:shop'] })],
      readAt,
    );
    for (const cluster of ['prod', 'staging']) {
      await stores.dagOwners.revise(cluster, byTag);
      await stores.runs.save(cluster, [
        aRun('load_orders', '2026-11-23T01:00:00.000Z', { state: 'failed' }),
      ]);
    }
    await stores.runs.save('prod', [
      aRun('invoices', '2026-11-23T01:00:00.000Z', { state: 'failed' }),
      aRun('orphan', '2026-11-23T01:00:00.000Z', {
        state: 'running',
        endedAt: null,
        durationMs: null,
      }),
    ]);
  });

  const list = async (filter: DagFilter) => {
    const page = await stores.dags.list({
      scope,
      filter,
      page: { limit: 250 },
    });
    return page.items.map(({ cluster, dagId }) => `${cluster}/${dagId}`);
  };
  const shop = ['prod/load_orders', 'staging/load_orders', 'prod/Load_stock'];

  it.each<[string, DagFilter, string[]]>([
    ['owners of the scope', { owners: ['group:default/shop'] }, shop],
    ['owners that own nothing', { owners: ['user:default/ada'] }, []],
    ['no owner at all of the scope', { owners: [] }, []],
    ['an owner', { ownerRef: ['group:default/finance'] }, ['prod/invoices']],
    [
      'nobody, beside an owner',
      { ownerRef: ['none', 'group:default/finance'] },
      ['prod/invoices', 'prod/orphan'],
    ],
    [
      'scope and owner together',
      { owners: ['group:default/shop'], ownerRef: ['group:default/finance'] },
      [],
    ],
    ['an id', { dagPattern: ['orphan'] }, ['prod/orphan']],
    [
      'a glob, with regard to case',
      { dagPattern: ['load_*'] },
      ['prod/load_orders', 'staging/load_orders'],
    ],
    [
      'a glob, an id and a cluster',
      { dagPattern: ['?oad_*', 'invoices'], cluster: ['prod'] },
      ['prod/invoices', 'prod/load_orders', 'prod/Load_stock'],
    ],
  ])('lists DAGs by %s', async (_what, filter, expected) => {
    expect(await list(filter)).toEqual(expected);
  });

  it('sorts by owner, with what nobody owns last', async () => {
    const page = await stores.dags.list({
      scope,
      filter: {},
      sort: 'owner',
      page: { limit: 250 },
    });
    expect(page.items.map(({ owner }) => owner?.by ?? null)).toEqual([
      'team:finance',
      'team:shop',
      'team:shop',
      'team:shop',
      null,
    ]);
  });

  it('counts by owner within the scope, with the other filters kept', async () => {
    const facets = (filter: DagFilter) => stores.dags.facets({ scope, filter });
    expect((await facets({ cluster: ['prod'] })).ownerRef).toEqual([
      { value: 'group:default/shop', count: 2 },
      { value: 'group:default/finance', count: 1 },
      { value: 'none', count: 1 },
    ]);
    const mine = await facets({ owners: ['group:default/finance'] });
    expect(mine.ownerRef).toEqual([
      { value: 'group:default/finance', count: 1 },
    ]);
    expect(mine.cluster).toEqual([{ value: 'prod', count: 1 }]);
    expect(mine.tag).toEqual([{ value: 'team:finance', count: 1 }]);
  });

  it('lists the runs of the DAGs that are meant, and no others', async () => {
    const runs = async (filter: object) => {
      const page = await stores.runs.list({
        scope,
        filter,
        page: { limit: 9 },
      });
      expect(page.total).toBe(page.items.length);
      return page.items.map(({ cluster, dagId }) => `${cluster}/${dagId}`);
    };
    expect(await runs({ owners: ['group:default/finance'] })).toEqual([
      'prod/invoices',
    ]);
    expect(await runs({ tag: ['team:shop'], cluster: ['staging'] })).toEqual([
      'staging/load_orders',
    ]);
    expect(await runs({ dagPattern: ['inv*'] })).toEqual(['prod/invoices']);
    expect(await runs({ owner: ['billing'] })).toEqual(['prod/invoices']);
  });

  it('tells in the overview of what the owners own, in every figure', async () => {
    const since = new Date('2026-11-23T00:00:00.000Z');
    const overview = await stores.overview.read({
      scope,
      since,
      owners: ['group:default/shop'],
    });
    expect(overview).toMatchObject({
      runs: { success: 0, failed: 2, running: 0, queued: 0 },
      failingTotal: 2,
      longestRunning: [],
    });
    expect(overview.failingDags.map(({ owner }) => owner?.by)).toEqual([
      'team:shop',
      'team:shop',
    ]);
    const everything = await stores.overview.read({ scope, since });
    expect(everything.runs).toMatchObject({ failed: 3, running: 1 });
  });

  it('matches ids in SQL as it does in code', async () => {
    const unit = fc.constantFrom('a', 'B', 'b', '_', '.', '-', 'ü');
    const letters = fc.string({ unit, minLength: 1, maxLength: 6 });
    const wild = fc.constantFrom('a', 'b', '_', '%', '[', ']', '\\', '*', '?');
    const pattern = fc.string({ unit: wild, minLength: 1, maxLength: 6 });
    const ids = fc.sample(letters, 60);
    await stores.dags.save(
      'globs',
      ids.map(dagId => aDag(dagId)),
      readAt,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pattern, { minLength: 1 }), async patterns => {
        const { items } = await stores.dags.list({
          scope: aScope('globs'),
          filter: { dagPattern: patterns },
          page: { limit: 250 },
        });
        expect(new Set(items.map(({ dagId }) => dagId))).toEqual(
          new Set(
            ids.filter(dagId => patterns.some(one => matchesGlob(one, dagId))),
          ),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('answers for owners from the index', async () => {
    const asked: { sql: string; bindings: readonly Knex.RawBinding[] }[] = [];
    const listen = (query: (typeof asked)[number]) => asked.push(query);
    db.on('query', listen);
    const owners = ['group:default/shop', 'user:default/ada'];
    await list({ owners });
    await stores.runs.list({ scope, filter: { owners }, page: { limit: 9 } });
    await stores.overview.read({ scope, since: readAt, owners });
    db.off('query', listen);

    const isPostgres = id.startsWith('POSTGRES');
    const prefix = isPostgres ? 'explain' : 'explain query plan';
    const scoped = asked.filter(
      ({ sql }) => /owner_ref[`"] in/.test(sql) && /count\(\*\)/.test(sql),
    );
    // The totals of both lists, and of the overview what is failing, what recovered, finished and unfinished runs.
    expect(scoped).toHaveLength(6);
    await db.transaction(async trx => {
      // Of a handful of rows PostgreSQL would rather read all.
      if (isPostgres) await trx.raw('set local enable_seqscan = off');
      for (const { sql, bindings } of scoped) {
        const plan = await trx.raw(`${prefix} ${sql.replace(/\$\d+/g, '?')}`, [
          ...bindings,
        ]);
        // Of what is failing or recovered PostgreSQL rather reads the few that are.
        expect(JSON.stringify(plan)).toMatch(
          /airflow_dags_(owner_ref|failing|failed)/,
        );
      }
    });
  });
});

describe.each(databases.eachSupportedId())('finding owners on %s', id => {
  let stores: Stores;
  const ownerOf = async (dagId: string): Promise<Ownership | null> =>
    (await stores.dags.get('prod', dagId))?.owner ?? null;

  beforeEach(async () => {
    ({ stores } = await freshStores(databases, id));
  });

  it('writes only what changes', async () => {
    const dags = Array.from({ length: 1_200 }, (_, i) =>
      aDag(`dag_${i}`, { tags: i % 2 ? ['team:shop'] : [] }),
    );
    await stores.dags.save('prod', dags, readAt);
    expect(await stores.dagOwners.revise('prod', byTag)).toBe(600);
    expect(await stores.dagOwners.revise('prod', byTag)).toBe(0);
    expect(await stores.dagOwners.revise('prod', () => null)).toBe(600);
    expect(await ownerOf('dag_1')).toBeNull();
  });

  it('keeps the owner when a DAG is read again', async () => {
    const dag = aDag('a', { tags: ['team:shop'] });
    await stores.dags.save('prod', [dag], readAt);
    await stores.dagOwners.revise('prod', byTag);
    await stores.dags.save('prod', [dag], new Date(readAt.getTime() + 1));
    expect(await ownerOf('a')).toMatchObject({ ref: 'group:default/shop' });
  });

  it('gives what was set, and what was set last', async () => {
    await stores.dags.save('prod', [aDag('a'), aDag('b')], readAt);
    const bySetting: DecideOwner = ({ setting }) =>
      setting && { source: 'portal', ...setting };
    const set = (ownerRef: string) =>
      stores.ownerSettings.set('prod', 'a', {
        ownerRef,
        setBy: 'user:default/ada',
        setAt: readAt,
      });
    await set('group:default/shop');
    await set('group:default/crm');
    await stores.dagOwners.reviseOne('prod', 'a', bySetting);
    expect(await ownerOf('a')).toEqual({
      source: 'portal',
      ref: 'group:default/crm',
      by: 'user:default/ada',
    });
    expect(await ownerOf('b')).toBeNull();
    await stores.ownerSettings.remove('prod', 'a');
    await stores.dagOwners.reviseOne('prod', 'a', bySetting);
    expect(await ownerOf('a')).toBeNull();
  });

  it('says whether the catalog claims anything new', async () => {
    const claim = (entityRef: string, dagIds: string[]) => ({
      entityRef,
      ownerRef: 'group:default/shop',
      selector: { clusters: [], dagIds, tags: [], owners: [] },
    });
    const a = claim('component:default/a', ['x']);
    const b = claim('component:default/b', ['y']);
    expect(await stores.ownerClaims.replaceAll([b, a])).toBe(true);
    expect(await stores.ownerClaims.replaceAll([a, b])).toBe(false);
    expect(await stores.ownerClaims.list()).toEqual([a, b]);
    const changed = claim('component:default/b', ['z']);
    expect(await stores.ownerClaims.replaceAll([changed])).toBe(true);
    expect(await stores.ownerClaims.list()).toEqual([changed]);
  });
});
