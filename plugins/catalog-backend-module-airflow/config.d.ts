import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** Brings every Airflow cluster into the catalog as a resource; nothing is brought without this section. */
      airflow?: {
        /** Owner of clusters that have none in `airflow.clusters`: an entity ref. `unknown` unless set. */
        defaultOwner?: string;
        /** Name of the system that the clusters belong to. */
        system?: string;
        /** When the clusters are read; every 10 minutes unless set. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}
