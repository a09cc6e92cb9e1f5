import {
  airflowAlertResourceRef,
  airflowClusterResourceRef,
  airflowDagResourceRef,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionTransformer,
  type ConditionTransformer,
} from '@backstage/plugin-permission-node';
import type { AirflowCondition } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { Grant } from './grants';

/** Asks the portal's policy what it gives to somebody. */
export class GrantReader {
  private readonly transformers: Map<
    string,
    ConditionTransformer<AirflowCondition>
  >;

  constructor(
    private readonly permissions: PermissionsService,
    registry: PermissionsRegistryService,
  ) {
    const refs = [
      airflowClusterResourceRef,
      airflowDagResourceRef,
      airflowAlertResourceRef,
    ];
    this.transformers = new Map(
      refs.map(ref => [
        ref.resourceType,
        createConditionTransformer(registry.getPermissionRuleset(ref)),
      ]),
    );
  }

  /** All in one request; of what was not asked for, nothing is given. */
  async read(
    permissions: readonly ResourcePermission[],
    credentials: BackstageCredentials,
  ): Promise<(permission: ResourcePermission) => Grant> {
    const asked = [...new Set(permissions)];
    const decisions = await this.permissions.authorizeConditional(
      asked.map(permission => ({ permission })),
      { credentials },
    );
    const given = new Map(
      asked.map(({ name }, i) => [name, this.toGrant(decisions[i])]),
    );
    return ({ name }) => given.get(name) ?? false;
  }

  private toGrant(decision: PolicyDecision): Grant {
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return decision.result === AuthorizeResult.ALLOW;
    }
    const transform = this.transformers.get(decision.resourceType);
    // A condition on what is not Airflow's can be met by nothing here.
    return transform?.(decision.conditions) ?? false;
  }
}
