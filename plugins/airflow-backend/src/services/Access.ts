import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { ClusterRegistry, RegisteredCluster } from '../clusters';
import type { ReadScope } from '../store';
import { ProblemError } from './ProblemError';

/** The clusters that a caller may see. */
export interface ClusterScope extends ReadScope {
  readonly clusters: readonly RegisteredCluster[];
}

/** Decides what a caller may see and do; every service asks here first. */
export class Access {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly registry: ClusterRegistry,
  ) {}

  /** @throws ProblemError `not-allowed` */
  async require(
    permission: Permission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [{ result }] = isResourcePermission(permission)
      ? await this.permissions.authorizeConditional([{ permission }], {
          credentials,
        })
      : await this.permissions.authorize([{ permission }], { credentials });
    // There are no rules to make conditions of, so anything but a plain yes is a no.
    if (result === AuthorizeResult.ALLOW) return;
    throw new ProblemError({
      code: 'not-allowed',
      message: `You lack the permission ${permission.name}`,
      hint: "Ask those who keep the portal's permission policy",
    });
  }

  /** @throws ProblemError `not-allowed` */
  async scope(
    permission: Permission,
    credentials: BackstageCredentials,
  ): Promise<ClusterScope> {
    await this.require(permission, credentials);
    return { clusters: this.registry.list() };
  }

  /** @throws ProblemError `not-allowed`, or `unknown-cluster` naming those there are */
  async cluster(
    name: string,
    permission: Permission,
    credentials: BackstageCredentials,
  ): Promise<RegisteredCluster> {
    await this.require(permission, credentials);
    const cluster = this.registry.get(name);
    if (cluster) return cluster;
    const known = this.registry.list().map(other => other.name);
    throw new ProblemError({
      code: 'unknown-cluster',
      cluster: name,
      message: `There is no cluster ${name}`,
      hint: known.length
        ? `There are: ${known.join(', ')}`
        : 'No cluster is configured under airflow.clusters',
    });
  }

  /** As {@link Access.cluster}, for what changes something in Airflow. @throws ProblemError `read-only` too */
  async writableCluster(
    name: string,
    permission: Permission,
    credentials: BackstageCredentials,
  ): Promise<RegisteredCluster> {
    const cluster = await this.cluster(name, permission, credentials);
    if (!cluster.readOnly) return cluster;
    throw new ProblemError({
      code: 'read-only',
      cluster: name,
      message: `Cluster ${cluster.title} is read-only in the portal`,
      hint: 'Do it in Airflow itself, or have readOnly removed from its configuration',
    });
  }
}
