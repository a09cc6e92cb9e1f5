import type { Knex } from 'knex';

/** The owners that people set in the portal, against what everything else says. */
export class OwnerSettingStore {
  constructor(private readonly db: Knex) {}

  async set(
    cluster: string,
    dagId: string,
    setting: { ownerRef: string; setBy: string; setAt: Date },
  ): Promise<void> {
    await this.db('airflow_dag_owner_settings')
      .insert({
        cluster,
        dag_id: dagId,
        owner_ref: setting.ownerRef,
        set_by: setting.setBy,
        set_at: setting.setAt.getTime(),
      })
      .onConflict(['cluster', 'dag_id'])
      .merge();
  }

  async remove(cluster: string, dagId: string): Promise<void> {
    await this.db('airflow_dag_owner_settings')
      .where({ cluster, dag_id: dagId })
      .delete();
  }
}
