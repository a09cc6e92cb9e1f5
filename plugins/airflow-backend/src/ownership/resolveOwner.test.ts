import type { DagSelector } from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import type { OwnerClaim } from '../store';
import { ClaimIndex } from './ClaimIndex';
import { ownerRefOf, resolveOwner, type OwnerHints } from './resolveOwner';

const dag = {
  cluster: 'prod-eu',
  dagId: 'load_orders',
  tags: ['orders', 'team:payments'],
  owners: ['airflow', 'ops'],
};

function aClaim(name: string, selector: Partial<DagSelector>): OwnerClaim {
  return {
    entityRef: `component:default/${name}`,
    ownerRef: `group:default/of-${name}`,
    selector: { clusters: [], dagIds: [], tags: [], owners: [], ...selector },
  };
}

function hints(known: {
  setting?: OwnerHints['setting'];
  claims?: OwnerClaim[];
  airflowOwners?: Record<string, string>;
  clusterOwner?: string;
  missing?: string[];
}): OwnerHints {
  return {
    setting: known.setting ?? null,
    claims: new ClaimIndex(known.claims ?? []),
    airflowOwners: new Map(Object.entries(known.airflowOwners ?? {})),
    clusterOwner: known.clusterOwner ?? null,
    missing: new Set(known.missing),
  };
}

describe('resolveOwner', () => {
  const all = {
    setting: { ref: 'group:default/crm', by: 'user:default/ada' },
    claims: [aClaim('order-service', { dagIds: ['load_orders'] })],
    airflowOwners: { ops: 'group:default/platform' },
    clusterOwner: 'group:default/Clusters',
  };
  const untagged = { ...dag, tags: ['orders'] };

  it.each([
    [
      'what was set in the portal, before all else',
      dag,
      all,
      { source: 'portal', ref: 'group:default/crm', by: 'user:default/ada' },
    ],
    [
      'the catalog entity that claims it',
      dag,
      { ...all, setting: undefined },
      {
        source: 'entity',
        ref: 'group:default/of-order-service',
        by: 'component:default/order-service',
      },
    ],
    [
      'its team tag',
      dag,
      { ...all, setting: undefined, claims: [] },
      { source: 'tag', ref: 'group:default/payments', by: 'team:payments' },
    ],
    [
      'the first Airflow owner that the config maps',
      untagged,
      { ...all, setting: undefined, claims: [] },
      { source: 'airflow-owner', ref: 'group:default/platform', by: 'ops' },
    ],
    [
      "the cluster's owner",
      untagged,
      { clusterOwner: all.clusterOwner },
      { source: 'cluster', ref: 'group:default/clusters', by: 'prod-eu' },
    ],
    ['nobody', untagged, {}, null],
  ])('goes by %s', (_what, given, known, expected) => {
    expect(resolveOwner(given, hints(known))).toEqual(expected);
  });

  const fromTag = {
    source: 'tag',
    ref: 'group:default/payments',
    by: 'team:payments',
  };
  const fromOps = {
    source: 'airflow-owner',
    ref: 'group:default/platform',
    by: 'ops',
  };
  const fromCluster = {
    source: 'cluster',
    ref: 'group:default/clusters',
    by: 'prod-eu',
  };

  it.each([
    ['the next', [fromTag.ref], { ...fromOps, notInCatalog: [fromTag] }],
    [
      'the first that it has',
      [fromTag.ref, fromOps.ref],
      { ...fromCluster, notInCatalog: [fromTag, fromOps] },
    ],
    [
      'the last where it has none',
      [fromTag.ref, fromOps.ref, fromCluster.ref],
      { ...fromCluster, notInCatalog: [fromTag, fromOps, fromCluster] },
    ],
    ['the same where it lacks a later one', [fromCluster.ref], fromTag],
  ])(
    'goes by %s of those who are named and whom the catalog lacks',
    (_what, missing, expected) => {
      const { airflowOwners, clusterOwner } = all;
      const known = { airflowOwners, clusterOwner, missing };
      expect(resolveOwner(dag, hints(known))).toEqual(expected);
    },
  );

  it.each([
    ['exact id over glob', { dagIds: ['load_orders'] }, { dagIds: ['load_*'] }],
    ['glob over tag', { dagIds: ['load_*'] }, { tags: ['orders'] }],
    ['glob over Airflow owner', { dagIds: ['*'] }, { owners: ['ops'] }],
    [
      'an exact id among globs',
      { dagIds: ['x_*', 'load_orders'] },
      { dagIds: ['load_*'] },
    ],
  ])('takes the most specific claim: %s', (_what, winner, loser) => {
    // The name of the winner comes last, so that the order of names does not decide.
    const claims = [aClaim('z', winner), aClaim('a', loser)];
    for (const given of [claims, [...claims].reverse()]) {
      expect(resolveOwner(dag, hints({ claims: given }))?.by).toBe(
        'component:default/z',
      );
    }
  });

  it('takes the first entity ref of two claims alike', () => {
    const claims = [
      aClaim('b', { tags: ['orders'] }),
      aClaim('a', { tags: ['orders'] }),
    ];
    expect(resolveOwner(dag, hints({ claims }))?.by).toBe(
      'component:default/a',
    );
  });

  it('heeds the cluster of a claim', () => {
    const claims = [
      aClaim('us', { dagIds: ['load_orders'], clusters: ['prod-us'] }),
      aClaim('eu', { dagIds: ['load_*'], clusters: ['prod-eu'] }),
    ];
    expect(resolveOwner(dag, hints({ claims }))?.by).toBe(
      'component:default/eu',
    );
  });

  it('gives no DAG to an entity that names nothing but the cluster', () => {
    const claims = [aClaim('cluster', { clusters: ['prod-eu'] })];
    expect(resolveOwner(dag, hints({ claims }))?.source).toBe('tag');
  });

  it.each([
    ['team:eu/payments', 'group:eu/payments'],
    ['team:user:default/ada', 'user:default/ada'],
    ['team:Payments', 'group:default/payments'],
    ['team:', undefined],
    ['team:two words', undefined],
    ['team:component:default/x', undefined],
    ['teams:payments', undefined],
  ])('reads the tag %p as %p', (tag, ref) => {
    expect(resolveOwner({ ...dag, tags: [tag] }, hints({}))?.ref).toBe(ref);
  });

  it('does not depend on the order in which the catalog names its claims', () => {
    const values = fc.array(fc.constantFrom('a', 'b', 'a*', 'b?'), {
      maxLength: 2,
    });
    const claim = fc
      .record({
        name: fc.constantFrom('p', 'q', 'r', 's'),
        dagIds: values,
        tags: values,
        owners: values,
      })
      .map(({ name, ...selector }) => aClaim(name, selector));
    const claims = fc.uniqueArray(claim, {
      selector: ({ entityRef }) => entityRef,
    });
    const dags = fc.record({
      cluster: fc.constant('prod-eu'),
      dagId: fc.constantFrom('a', 'b', 'ab', 'bb'),
      tags: values,
      owners: values,
    });
    fc.assert(
      fc.property(claims, dags, (given, one) => {
        const reversed = [...given].reverse();
        expect(resolveOwner(one, hints({ claims: given }))).toEqual(
          resolveOwner(one, hints({ claims: reversed })),
        );
      }),
    );
  });
});

describe('ownerRefOf', () => {
  it.each([
    ['payments', 'default', 'group:default/payments'],
    ['payments', 'eu', 'group:eu/payments'],
    ['user:ada', 'default', 'user:default/ada'],
    ['Group:Default/Payments', 'eu', 'group:default/payments'],
    ['', 'default', undefined],
    ['a/b/c', 'default', undefined],
  ])('reads %p of namespace %p as %p', (text, namespace, ref) => {
    expect(ownerRefOf(text, namespace)).toBe(ref);
  });
});
