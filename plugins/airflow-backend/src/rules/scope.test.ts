import { aDagOfFacts } from '../__testUtils__/alerts';
import { coversCluster, coversDag } from './scope';
import type { RuleScope } from './scope';

const cluster = {
  name: 'prod-eu',
  environment: 'production',
  owner: 'group:default/platform',
};
const dag = aDagOfFacts('load_orders', { tags: ['orders', 'critical'] });

describe('the scope of a rule', () => {
  it.each<[string, RuleScope, { cluster: boolean; dag: boolean }]>([
    ['nothing', {}, { cluster: true, dag: true }],
    [
      'its cluster',
      { clusters: ['a', 'prod-eu'] },
      { cluster: true, dag: true },
    ],
    ['another cluster', { clusters: ['prod'] }, { cluster: false, dag: false }],
    [
      'its environment',
      { environments: ['production'] },
      { cluster: true, dag: true },
    ],
    [
      'another environment',
      { environments: ['staging'] },
      { cluster: false, dag: false },
    ],
    [
      'the owner of the cluster',
      { owners: ['Group:default/Platform'] },
      { cluster: true, dag: false },
    ],
    [
      'the owner of the DAG',
      { owners: ['group:default/payments'] },
      { cluster: false, dag: true },
    ],
    ['its id', { dags: ['load_orders'] }, { cluster: true, dag: true }],
    [
      'a glob that fits',
      { dags: ['x', 'load_*'] },
      { cluster: true, dag: true },
    ],
    [
      'a glob that does not',
      { dags: ['load_?'] },
      { cluster: true, dag: false },
    ],
    [
      'one of its tags',
      { tags: ['x', 'orders'] },
      { cluster: true, dag: true },
    ],
    ['another tag', { tags: ['order'] }, { cluster: true, dag: false }],
    [
      'a part that fits and one that does not',
      { dags: ['load_*'], tags: ['x'] },
      { cluster: true, dag: false },
    ],
  ])('given %s', (_what, scope, covers) => {
    expect({
      cluster: coversCluster(scope, cluster),
      dag: coversDag(scope, cluster, dag),
    }).toEqual(covers);
  });

  it('covers nothing that has no environment or owner when one is asked for', () => {
    const bare = { name: 'a', environment: null, owner: null };
    expect(coversCluster({ environments: ['production'] }, bare)).toBe(false);
    expect(coversCluster({ owners: ['group:default/a'] }, bare)).toBe(false);
  });

  it('takes no longer for a glob that is made to be slow', () => {
    const slow = aDagOfFacts('a'.repeat(250));
    const dags = [`${'*a'.repeat(100)}b`];
    const startedAt = performance.now();
    expect(coversDag({ dags }, cluster, slow)).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
