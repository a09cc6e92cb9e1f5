import {
  airflowDagSetOwnerPermission,
  type Dag,
  type dagEndpoints,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { z } from 'zod';
import type { OwnershipKeeper } from '../../ownership';
import type { DagStore, OwnerSettingStore } from '../../store';
import type { Access } from '../kit/Access';
import type { Audit } from '../kit/Audit';
import { callerOf } from '../kit/caller';
import { dagAlone } from '../kit/listed';
import { missingDag } from '../kit/missing';

type OwnerBody = z.output<typeof dagEndpoints.setDagOwner.body>;

/** Lets people say who owns a DAG; nothing of it reaches Airflow, so it works on read-only clusters too. */
export class OwnerService {
  constructor(
    private readonly access: Access,
    private readonly stores: {
      dags: DagStore;
      ownerSettings: OwnerSettingStore;
    },
    private readonly ownership: OwnershipKeeper,
    private readonly auth: AuthService,
    private readonly audit: Audit,
  ) {}

  async setOwner(
    clusterName: string,
    dagId: string,
    body: OwnerBody,
    credentials: BackstageCredentials,
    request: Request,
  ): Promise<Dag> {
    const { owner, reason } = body;
    const deed = {
      eventId: 'dag-set-owner',
      severityLevel: 'medium' as const,
      meta: { cluster: clusterName, dagId, owner, ...(reason && { reason }) },
      request,
    };
    return this.audit.record(deed, async () => {
      const cluster = await this.access.dag(
        { cluster: clusterName, dagId },
        airflowDagSetOwnerPermission,
        credentials,
      );
      const { name } = cluster;
      const { dags, ownerSettings } = this.stores;
      if (!(await dags.get(name, dagId))) throw missingDag(name, dagId);
      if (owner === null) {
        await ownerSettings.remove(name, dagId);
      } else {
        await ownerSettings.set(name, dagId, {
          ownerRef: owner,
          setBy: callerOf(this.auth, credentials),
          setAt: new Date(),
        });
      }
      await this.ownership.resolveOne(cluster, dagId);
      const stored = await dags.get(name, dagId);
      if (!stored) throw missingDag(name, dagId);
      return dagAlone(stored);
    });
  }
}
