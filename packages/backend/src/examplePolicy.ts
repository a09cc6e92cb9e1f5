import {
  airflowPermissions,
  airflowAlertManagePermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

const PLATFORM = 'group:default/platform';

/** Signed in but in no team: such people look around and change nothing. */
function isViewer(refs: readonly string[]): boolean {
  return !refs.some(ref => ref.startsWith('group:'));
}

/**
 * An example to copy: everybody reads, members of a team act, and the platform team sees every delivery too. What is
 * not Airflow's is allowed.
 */
class ExamplePolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const allow = (isAllowed: boolean): PolicyDecision => ({
      result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    });
    if (!airflowPermissions.some(own => own.name === permission.name)) {
      return allow(true);
    }
    const refs = user?.info.ownershipEntityRefs ?? [];
    if (permission.name === airflowAlertManagePermission.name) {
      return allow(refs.includes(PLATFORM));
    }
    return allow(permission.attributes.action === 'read' || !isViewer(refs));
  }
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
