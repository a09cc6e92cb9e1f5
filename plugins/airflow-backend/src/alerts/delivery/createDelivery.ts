import type { AirflowAlertChannel } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ClusterRegistry } from '../../clusters';
import type { AlertsConfig, LinksConfig } from '../../config';
import type { Stores } from '../../store';
import { createChannels, type FindEntity } from '../../channels';
import { DeliveryPlanner } from './DeliveryPlanner';
import { DeliverySender } from './DeliverySender';

/** The two ends of the outbox. */
export interface Delivering {
  planner: DeliveryPlanner;
  sender: DeliverySender;
  /** What is known to be wrong with mails; null when nothing is. */
  mailRemark: () => string | null;
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
  links: LinksConfig;
  mailRemark: () => string | null;
}): Delivering {
  const { config, stores, registry } = options;
  const now = () => new Date();
  const channels = createChannels({ ...options, now });
  const planner = new DeliveryPlanner(
    stores.deliveries,
    {
      routes: config.routes,
      hasRecipients: name => channels.get(name)?.hasRecipients ?? false,
      environmentOf: name => registry.get(name)?.environment ?? null,
    },
    {
      ...config.together,
      sendsTogether: name => channels.get(name)?.sendTogether !== undefined,
    },
  );
  const sender = new DeliverySender({
    queue: stores.deliveryQueue,
    channels,
    findAlerts: ids => stores.alerts.findAll(ids),
    links: options.links,
    logger: options.logger,
    now,
    mailRemark: options.mailRemark,
    random: Math.random,
  });
  return { planner, sender, mailRemark: options.mailRemark };
}
