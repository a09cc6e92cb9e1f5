import type { Dag } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { OwnershipKeeper } from '../../ownership';
import type { DagStore, OwnerSettingStore } from '../../store';
import type { Asked } from '../kit/asked';
import { dagAlone } from '../kit/listed';
import { missingDag } from '../kit/missing';

/** Lets people say who owns a DAG; nothing of it reaches Airflow, so it works on read-only clusters too. */
export class OwnerService {
  constructor(
    private readonly stores: {
      dags: DagStore;
      ownerSettings: OwnerSettingStore;
    },
    private readonly ownership: OwnershipKeeper,
  ) {}

  async setOwner({
    cluster,
    params: { dagId },
    body: { owner },
    who,
  }: Asked<'setDagOwner'>): Promise<Dag> {
    const { name } = cluster;
    const { dags, ownerSettings } = this.stores;
    if (!(await dags.get(name, dagId))) throw missingDag(name, dagId);
    if (owner === null) {
      await ownerSettings.remove(name, dagId);
    } else {
      await ownerSettings.set(name, dagId, {
        ownerRef: owner,
        setBy: who,
        setAt: new Date(),
      });
    }
    await this.ownership.resolveOne(cluster, dagId);
    const stored = await dags.get(name, dagId);
    if (!stored) throw missingDag(name, dagId);
    return dagAlone(stored);
  }
}
