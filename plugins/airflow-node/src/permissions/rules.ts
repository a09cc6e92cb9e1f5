import { createPermissionRule } from '@backstage/plugin-permission-node';
import * as definitions from './definitions';
import {
  airflowAlertResourceRef,
  airflowClusterResourceRef,
  airflowDagResourceRef,
} from './resources';

/**
 * Rules for conditional decisions about clusters.
 *
 * @public
 */
export const airflowClusterRules = {
  isOwner: createPermissionRule({
    ...definitions.isOwner,
    resourceRef: airflowClusterResourceRef,
  }),
  isInCluster: createPermissionRule({
    ...definitions.isInCluster,
    resourceRef: airflowClusterResourceRef,
  }),
  isInEnvironment: createPermissionRule({
    ...definitions.isInEnvironment,
    resourceRef: airflowClusterResourceRef,
  }),
  hasTag: createPermissionRule({
    ...definitions.hasTag,
    resourceRef: airflowClusterResourceRef,
  }),
};

/**
 * Rules for conditional decisions about DAGs.
 *
 * @public
 */
export const airflowDagRules = {
  isOwner: createPermissionRule({
    ...definitions.isOwner,
    resourceRef: airflowDagResourceRef,
  }),
  isInCluster: createPermissionRule({
    ...definitions.isInCluster,
    resourceRef: airflowDagResourceRef,
  }),
  isInEnvironment: createPermissionRule({
    ...definitions.isInEnvironment,
    resourceRef: airflowDagResourceRef,
  }),
  hasTag: createPermissionRule({
    ...definitions.hasTag,
    resourceRef: airflowDagResourceRef,
  }),
  hasDagId: createPermissionRule({
    ...definitions.hasDagId,
    resourceRef: airflowDagResourceRef,
  }),
};

/**
 * Rules for conditional decisions about alerts. An alert about a cluster has no DAG, and is owned by who owns the
 * cluster.
 *
 * @public
 */
export const airflowAlertRules = {
  isOwner: createPermissionRule({
    ...definitions.isOwner,
    resourceRef: airflowAlertResourceRef,
  }),
  isInCluster: createPermissionRule({
    ...definitions.isInCluster,
    resourceRef: airflowAlertResourceRef,
  }),
  isInEnvironment: createPermissionRule({
    ...definitions.isInEnvironment,
    resourceRef: airflowAlertResourceRef,
  }),
  hasTag: createPermissionRule({
    ...definitions.hasTag,
    resourceRef: airflowAlertResourceRef,
  }),
  hasDagId: createPermissionRule({
    ...definitions.hasDagId,
    resourceRef: airflowAlertResourceRef,
  }),
  hasRuleType: createPermissionRule({
    ...definitions.hasRuleType,
    resourceRef: airflowAlertResourceRef,
  }),
};
