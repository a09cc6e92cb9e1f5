import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';
import type { RegisteredCluster } from '../../clusters';
import type { DagName } from '../../store';
import type { Access } from '../kit/Access';
import type { Audit, Deed } from '../kit/Audit';

/** Who asks for a deed. */
export interface Caller {
  credentials: BackstageCredentials;
  request: Request;
}

/** What is done to a DAG or something of it, and why. */
export interface DagDeed {
  dag: DagName;
  permission: ResourcePermission;
  eventId: string;
  /** `medium` when left out. */
  severityLevel?: Deed['severityLevel'];
  /** Beside cluster, DAG and reason. */
  meta?: JsonObject;
  reason?: string;
}

/** Does to DAGs what callers ask for: audit around, permission first, then the deed. */
export class Deeds {
  constructor(private readonly access: Access, private readonly audit: Audit) {}

  /** @param outcome - what there is to say of the deed once it is done */
  async do<T>(
    deed: DagDeed,
    { credentials, request }: Caller,
    act: (cluster: RegisteredCluster) => Promise<T>,
    outcome?: (result: T) => JsonObject,
  ): Promise<T> {
    const { dag, eventId, severityLevel = 'medium', meta, reason } = deed;
    const { cluster, dagId } = dag;
    return this.audit.record(
      {
        eventId,
        severityLevel,
        meta: { cluster, dagId, ...meta, ...(reason && { reason }) },
        request,
      },
      async () => act(await this.permitted(deed, credentials)),
      outcome,
    );
  }

  /** The cluster, for a dry run, which is not written down. */
  async permitted(
    { dag, permission }: Pick<DagDeed, 'dag' | 'permission'>,
    credentials: BackstageCredentials,
  ): Promise<RegisteredCluster> {
    return this.access.writableDag(dag, permission, credentials);
  }
}
