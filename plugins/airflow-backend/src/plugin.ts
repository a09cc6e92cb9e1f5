import {
  airflowAlertChannelsExtensionPoint,
  airflowAuthExtensionPoint,
  type AirflowAlertChannel,
  type AirflowAuthStrategy,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { notificationService } from '@backstage/plugin-notifications-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { builtInAuthStrategies } from './airflow';
import { createAlerting, scheduleEvaluations, scheduleLeaving } from './alerts';
import { createDelivery, MailProbe, mailServerOf } from './alerts/delivery';
import { createRouter } from './api';
import { ClusterRegistry } from './clusters';
import {
  CollectionScheduler,
  createCollectors,
  scheduleCleanup,
} from './collectors';
import { readAirflowConfig } from './config';
import { OwnershipKeeper, scheduleClaims } from './ownership';
import { GrantReader, registerResources, ResourceReader } from './permissions';
import { createServices } from './services';
import { createStores } from './store';

/**
 * Watches the Airflow clusters of `airflow.clusters` and serves what it knows under `/api/airflow`.
 *
 * @public
 */
export const airflowPlugin = createBackendPlugin({
  pluginId: 'airflow',
  register(env) {
    const authStrategies = [...builtInAuthStrategies];
    env.registerExtensionPoint(airflowAuthExtensionPoint, {
      addStrategy(strategy: AirflowAuthStrategy) {
        if (authStrategies.some(({ type }) => type === strategy.type)) {
          throw new ConflictError(
            `There is an Airflow auth strategy ${strategy.type} already`,
          );
        }
        authStrategies.push(strategy);
      },
    });
    const alertChannels: AirflowAlertChannel[] = [];
    env.registerExtensionPoint(airflowAlertChannelsExtensionPoint, {
      addChannel(channel: AirflowAlertChannel) {
        alertChannels.push(channel);
      },
    });

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { logger, scheduler } = deps;
        const config = readAirflowConfig(deps.config);
        const { intervalsMs, retentionMs } = config;
        const registry = ClusterRegistry.create({
          clusters: config.clusters,
          authStrategies,
        });
        deps.lifecycle.addShutdownHook(() => registry.close());
        const stores = await createStores(deps.database);
        const ownership = new OwnershipKeeper(stores, config.airflowOwners);

        const mailServer = mailServerOf(deps.config);
        const mailProbe = mailServer && new MailProbe(mailServer, logger);
        const delivery = createDelivery({
          config: config.alerts,
          stores,
          registry,
          notifications: deps.notifications,
          findEntity: async ref =>
            deps.catalog.getEntityByRef(ref, {
              credentials: await deps.auth.getOwnServiceCredentials(),
            }),
          ofModules: alertChannels,
          logger,
          links: config.links,
          mailRemark: () => mailProbe?.remark() ?? null,
        });
        deps.lifecycle.addShutdownHook(() => delivery.sender.stop());
        const { rules } = config.alerts;
        const alerting = createAlerting({
          rules,
          intervalsMs: config.intervalsMs,
          registry,
          stores,
          delivery,
          signals: deps.signals,
          logger,
        });

        const collections = new CollectionScheduler({
          registry,
          collectors: createCollectors(stores, {
            historyMs: config.historyMs,
            ownership,
          }),
          collections: stores.collections,
          scheduler,
          logger,
          intervalsMs,
          onRead: async name => {
            await alerting.engine.evaluate(name);
            // Beside it: no reading waits until a slow Airflow has said why its runs failed.
            void alerting.explainer.explain(name);
          },
        });
        const resources = new ResourceReader(registry, stores.resources);
        registerResources(deps.permissionsRegistry, resources);
        const services = createServices({
          registry,
          stores,
          collections,
          ownership,
          alerting,
          rules,
          delivery,
          auth: deps.auth,
          userInfo: deps.userInfo,
          permissions: deps.permissions,
          grantReader: new GrantReader(
            deps.permissions,
            deps.permissionsRegistry,
          ),
          resources,
          auditor: deps.auditor,
          logger,
          intervalsMs,
        });
        deps.httpRouter.use(
          createRouter({
            services,
            auth: deps.auth,
            httpAuth: deps.httpAuth,
            logger,
          }),
        );
        deps.httpRouter.addAuthPolicy({
          path: '/openapi.json',
          allow: 'unauthenticated',
        });

        await collections.start();
        await delivery.sender.start(scheduler);
        await mailProbe?.start(scheduler);
        await scheduleEvaluations(alerting, scheduler);
        await scheduleLeaving(
          {
            registry,
            alerts: stores.alerts,
            firstReadings: stores.firstReadings,
            recorder: alerting.recorder,
          },
          scheduler,
        );
        await scheduleClaims({
          clusters: registry.list(),
          keeper: ownership,
          catalog: deps.catalog,
          auth: deps.auth,
          scheduler,
          logger,
        });
        await scheduleCleanup({
          stores,
          scheduler,
          retentionMs,
          configured: registry.list().map(({ name }) => name),
        });
      },
    });
  },
});
