import {
  airflowPaths,
  readAirflowPath,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { AirflowBackendClient } from '@airflow-fleet/backstage-plugin-airflow-node';
import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { clusterCollator, dagCollator } from './collators';

const usualSchedule = {
  frequency: { minutes: 10 },
  timeout: { minutes: 15 },
  // The clusters are read first.
  initialDelay: { seconds: 30 },
};

/**
 * Indexes DAGs and Airflow clusters for the search backend, on `search.collators.airflow.schedule`.
 *
 * @public
 */
export const searchModuleAirflow = createBackendModule({
  pluginId: 'search',
  moduleId: 'airflow',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        indexRegistry: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, indexRegistry, scheduler }) {
        const key = 'search.collators.airflow.schedule';
        const schedule = config.has(key)
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
              config.getConfig(key),
            )
          : usualSchedule;
        const airflow = new AirflowBackendClient({ auth, discovery });
        const paths = airflowPaths(readAirflowPath(config));
        for (const factory of [
          clusterCollator(airflow, paths),
          dagCollator(airflow, paths),
        ]) {
          indexRegistry.addCollator({
            schedule: scheduler.createScheduledTaskRunner(schedule),
            factory,
          });
        }
      },
    });
  },
});
