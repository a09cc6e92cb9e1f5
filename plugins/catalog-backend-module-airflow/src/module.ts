import { AirflowBackendClient } from '@airflow-fleet/backstage-plugin-airflow-node';
import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { AirflowClusterProvider } from './AirflowClusterProvider';

const usualSchedule = {
  frequency: { minutes: 10 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 15 },
};

/**
 * Brings every Airflow cluster into the catalog as a resource, where `catalog.providers.airflow` is configured.
 *
 * @public
 */
export const catalogModuleAirflow = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'airflow',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, processing, scheduler }) {
        const section = config.getOptionalConfig('catalog.providers.airflow');
        if (!section) return;
        const schedule = section.has('schedule')
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
              section.getConfig('schedule'),
            )
          : usualSchedule;
        processing.addEntityProvider(
          new AirflowClusterProvider({
            airflow: new AirflowBackendClient({ auth, discovery }),
            runner: scheduler.createScheduledTaskRunner(schedule),
            defaultOwner: section.getOptionalString('defaultOwner'),
            system: section.getOptionalString('system'),
          }),
        );
      },
    });
  },
});
