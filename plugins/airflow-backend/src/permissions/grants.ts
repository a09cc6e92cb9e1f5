import {
  airflowConditionHolds,
  type AirflowResourceFacts,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import type { Criteria } from '../store';

/** What a policy gives to somebody: everything, nothing, or what meets the criteria. */
export type Grant = boolean | Criteria;

/** Whether a grant is one of this resource; criteria are met by none that there is not. */
export function grants(
  grant: Grant,
  facts: AirflowResourceFacts | undefined,
): boolean {
  if (typeof grant === 'boolean') return grant;
  return facts !== undefined && meets(grant, facts);
}

function meets(criteria: Criteria, facts: AirflowResourceFacts): boolean {
  if ('allOf' in criteria) return criteria.allOf.every(c => meets(c, facts));
  if ('anyOf' in criteria) return criteria.anyOf.some(c => meets(c, facts));
  if ('not' in criteria) return !meets(criteria.not, facts);
  return airflowConditionHolds(criteria, facts);
}

/** What is left to ask of the DAGs and alerts of a cluster, once that is known which cluster it is. */
export function narrow(
  grant: Grant,
  cluster: { name: string; environment: string | null },
): Grant {
  if (typeof grant === 'boolean') return grant;
  if ('allOf' in grant) {
    const parts = grant.allOf.map(part => narrow(part, cluster));
    if (parts.includes(false)) return false;
    const [first, ...rest] = parts.filter(isOpen);
    if (!first) return true;
    return rest.length > 0 ? { allOf: [first, ...rest] } : first;
  }
  if ('anyOf' in grant) {
    const parts = grant.anyOf.map(part => narrow(part, cluster));
    if (parts.includes(true)) return true;
    const [first, ...rest] = parts.filter(isOpen);
    if (!first) return false;
    return rest.length > 0 ? { anyOf: [first, ...rest] } : first;
  }
  if ('not' in grant) {
    const part = narrow(grant.not, cluster);
    return isOpen(part) ? { not: part } : !part;
  }
  if (grant.field !== 'cluster' && grant.field !== 'environment') return grant;
  return airflowConditionHolds(grant, {
    cluster: cluster.name,
    environment: cluster.environment,
    owner: null,
    tags: [],
    dagId: null,
    ruleType: null,
  });
}

function isOpen(grant: Grant): grant is Criteria {
  return typeof grant !== 'boolean';
}
