import {
  airflowPermissions,
  parseAirflowDagRef,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  airflowAlertResourceRef,
  airflowAlertRules,
  airflowClusterResourceRef,
  airflowClusterRules,
  airflowDagResourceRef,
  airflowDagRules,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import type { ResourceReader } from './ResourceReader';

/** Tells the permission framework which permissions there are, and by which rules a policy may answer them. */
export function registerResources(
  registry: PermissionsRegistryService,
  resources: ResourceReader,
): void {
  const permissionsOf = (resourceType: string) =>
    airflowPermissions.filter(permission =>
      isResourcePermission(permission, resourceType),
    );
  registry.addPermissions(
    airflowPermissions.filter(permission => !isResourcePermission(permission)),
  );
  registry.addResourceType({
    resourceRef: airflowClusterResourceRef,
    permissions: permissionsOf(airflowClusterResourceRef.resourceType),
    rules: Object.values(airflowClusterRules),
    getResources: async names => names.map(name => resources.cluster(name)),
  });
  registry.addResourceType({
    resourceRef: airflowDagResourceRef,
    permissions: permissionsOf(airflowDagResourceRef.resourceType),
    rules: Object.values(airflowDagRules),
    getResources: refs => resources.dags(refs.map(parseAirflowDagRef)),
  });
  registry.addResourceType({
    resourceRef: airflowAlertResourceRef,
    permissions: permissionsOf(airflowAlertResourceRef.resourceType),
    rules: Object.values(airflowAlertRules),
    getResources: ids => resources.alerts(ids),
  });
}
