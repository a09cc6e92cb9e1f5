import type {
  AirflowCondition,
  AirflowResourceFacts,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import fc from 'fast-check';
import type { Criteria } from '../store';

/** Few names, so that conditions are often met; some mean something in patterns of SQL. */
export const vocabulary = {
  cluster: ['prod', 'staging'],
  environment: ['production', 'staging'],
  owner: ['group:default/payments', 'user:default/ada'],
  tag: ['team:a', 'a%'],
  dagId: ['load_orders', 'loadXorders', 'a.b', '[a]b', '50%'],
  ruleType: ['run-failed', 'cluster-unreachable'],
} as const;

const globs = {
  cluster: ['pro*'],
  dagId: ['load?orders', '*b', '5*%', '[a]*'],
};

const someCondition: fc.Arbitrary<AirflowCondition> = fc
  .constantFrom(
    ...(['cluster', 'environment', 'owner', 'tag', 'dagId'] as const),
  )
  .chain(field => {
    const patterns = field in globs ? globs[field as keyof typeof globs] : [];
    return fc.record({
      field: fc.constant(field),
      values: fc.subarray([...vocabulary[field], ...patterns], {
        maxLength: 2,
      }),
    });
  });

/** What a policy may ask of DAGs and of alerts alike. */
export const someCriteria: fc.Arbitrary<Criteria> = fc.letrec<{
  criteria: Criteria;
}>(tie => {
  const parts = fc
    .tuple(tie('criteria'), fc.array(tie('criteria'), { maxLength: 2 }))
    .map(([first, rest]): [Criteria, ...Criteria[]] => [first, ...rest]);
  return {
    criteria: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'criteria' },
      someCondition,
      parts.map(allOf => ({ allOf })),
      parts.map(anyOf => ({ anyOf })),
      tie('criteria').map(not => ({ not })),
    ),
  };
}).criteria;

const orNull = (names: readonly string[]) =>
  fc.option(fc.constantFrom(...names));

export const someFacts: fc.Arbitrary<AirflowResourceFacts> = fc.record({
  cluster: fc.constantFrom(...vocabulary.cluster),
  environment: orNull(vocabulary.environment),
  owner: orNull(vocabulary.owner),
  tags: fc.subarray([...vocabulary.tag]),
  dagId: orNull(vocabulary.dagId),
  ruleType: orNull(vocabulary.ruleType),
});
