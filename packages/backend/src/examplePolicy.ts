import {
  AIRFLOW_ALERT_RESOURCE,
  AIRFLOW_DAG_RESOURCE,
  airflowAlertManagePermission,
  airflowAlertReadPermission,
  airflowPermissions,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  airflowAlertConditions,
  airflowDagConditions,
  createAirflowAlertConditionalDecision,
  createAirflowDagConditionalDecision,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

const PLATFORM = 'group:default/platform';
/** What concerns whoever has a DAG on the cluster, whoever owns the cluster. */
const CLUSTER_TROUBLE = [
  'cluster-unreachable',
  'readings-failing',
  'component-unhealthy',
];

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * An example to copy. The platform team sees and does everything. A team sees every cluster, and the DAGs and alerts
 * that it owns, with which it does what it wants. Who is in no team looks around and changes nothing. What is not
 * Airflow's is allowed.
 */
class ExamplePolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!airflowPermissions.some(({ name }) => name === permission.name)) {
      return allow;
    }
    const refs = user?.info.ownershipEntityRefs ?? [];
    if (refs.includes(PLATFORM)) return allow;
    if (isPermission(permission, airflowAlertManagePermission)) return deny;
    if (refs.some(ref => ref.startsWith('group:'))) {
      return decideForTeam(permission, refs);
    }
    return permission.attributes.action === 'read' ? allow : deny;
  }
}

function decideForTeam(
  permission: Permission,
  owners: string[],
): PolicyDecision {
  if (isResourcePermission(permission, AIRFLOW_DAG_RESOURCE)) {
    return createAirflowDagConditionalDecision(
      permission,
      airflowDagConditions.isOwner({ owners }),
    );
  }
  if (isResourcePermission(permission, AIRFLOW_ALERT_RESOURCE)) {
    const isTheirs = airflowAlertConditions.isOwner({ owners });
    return createAirflowAlertConditionalDecision(
      permission,
      isPermission(permission, airflowAlertReadPermission)
        ? {
            anyOf: [
              isTheirs,
              airflowAlertConditions.hasRuleType({
                ruleTypes: CLUSTER_TROUBLE,
              }),
            ],
          }
        : isTheirs,
    );
  }
  return allow;
}

export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'example-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new ExamplePolicy());
      },
    });
  },
});
