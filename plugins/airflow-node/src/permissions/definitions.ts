import { z } from 'zod';
import {
  airflowConditionHolds,
  type AirflowCondition,
  type AirflowResourceFacts,
} from './resources';

const names = (description: string) =>
  z.array(z.string().min(1)).describe(description);

/** What a rule is, asked of whichever type of resource: asked of one and of the database alike, by its condition. */
function define<TParams>(options: {
  name: string;
  description: string;
  paramsSchema: z.ZodType<TParams, TParams>;
  toQuery: (params: TParams) => AirflowCondition;
}) {
  return {
    ...options,
    apply: (facts: AirflowResourceFacts, params: TParams) =>
      airflowConditionHolds(options.toQuery(params), facts),
  };
}

export const isOwner = define({
  name: 'IS_OWNER',
  description: 'Is owned by one of these users and groups',
  paramsSchema: z.object({
    owners: names('Entity refs, such as the claims of the person who asks'),
  }),
  toQuery: ({ owners }) => ({
    field: 'owner',
    values: owners.map(ref => ref.toLowerCase()),
  }),
});

export const isInCluster = define({
  name: 'IS_IN_CLUSTER',
  description: 'Belongs to one of these clusters',
  paramsSchema: z.object({ clusters: names('Names of clusters, or globs') }),
  toQuery: ({ clusters }) => ({ field: 'cluster', values: clusters }),
});

export const isInEnvironment = define({
  name: 'IS_IN_ENVIRONMENT',
  description: 'Belongs to a cluster of one of these environments',
  paramsSchema: z.object({ environments: names('As configured') }),
  toQuery: ({ environments }) => ({
    field: 'environment',
    values: environments,
  }),
});

export const hasTag = define({
  name: 'HAS_TAG',
  description: 'Has one of these tags',
  paramsSchema: z.object({ tags: names('One of them is enough') }),
  toQuery: ({ tags }) => ({ field: 'tag', values: tags }),
});

export const hasDagId = define({
  name: 'HAS_DAG_ID',
  description: 'Is a DAG with one of these ids, or about one',
  paramsSchema: z.object({ dagIds: names('Ids of DAGs, or globs') }),
  toQuery: ({ dagIds }) => ({ field: 'dagId', values: dagIds }),
});

export const hasRuleType = define({
  name: 'HAS_RULE_TYPE',
  description: 'Was found by an alert rule of one of these types',
  paramsSchema: z.object({
    ruleTypes: names('Types of rules, such as cluster-unreachable'),
  }),
  toQuery: ({ ruleTypes }) => ({ field: 'ruleType', values: ruleTypes }),
});
