import type { AirflowAlertChannel } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ClusterRegistry } from '../../clusters';
import type { AlertsConfig } from '../../config';
import type { Stores } from '../../store';
import { createChannels, type FindEntity } from './channels';
import { DeliveryPlanner } from './DeliveryPlanner';
import { DeliverySender } from './DeliverySender';

/** The two ends of the outbox. */
export interface Delivering {
  planner: DeliveryPlanner;
  sender: DeliverySender;
}

/** @throws InputError when a route names a channel that there is not */
export function createDelivery(options: {
  config: AlertsConfig;
  stores: Pick<Stores, 'alerts' | 'deliveries' | 'deliveryQueue'>;
  registry: ClusterRegistry;
  notifications: NotificationService;
  findEntity: FindEntity;
  /** Channels that modules added. */
  ofModules: readonly AirflowAlertChannel[];
  logger: LoggerService;
  appBaseUrl: string;
}): Delivering {
  const { config, stores, registry } = options;
  const now = () => new Date();
  const channels = createChannels({ ...options, now });
  const planner = new DeliveryPlanner(stores.deliveries, {
    routes: config.routes,
    hasRecipients: name => channels.get(name)?.hasRecipients ?? false,
    environmentOf: name => registry.get(name)?.environment ?? null,
  });
  const sender = new DeliverySender({
    queue: stores.deliveryQueue,
    channels,
    findAlert: id => stores.alerts.find(id),
    appBaseUrl: options.appBaseUrl,
    logger: options.logger,
    now,
    random: Math.random,
  });
  return { planner, sender };
}
