import type { AirflowAlertChannel } from '@airflow-fleet/backstage-plugin-airflow-node';
import { ConflictError, InputError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { z } from 'zod';
import { notificationsChannel, type FindEntity } from './notifications';
import { webhookChannel, webhooksSchema } from './webhook';

export type { FindEntity };

/** The keys of channels in the configuration, in `airflow.alerts`. */
export const channelKeys = { webhooks: webhooksSchema };

/** What the configuration says of channels, checked. */
export type ChannelsConfig = z.output<z.ZodObject<typeof channelKeys>>;

/** What is looked at of routes. */
type Routes = readonly { channels: readonly string[] }[];

/** Channels by the name that routes call them. */
export type Channels = ReadonlyMap<string, AirflowAlertChannel>;

/**
 * The channels that come with the portal, those of the configuration and those of modules.
 *
 * @throws ConflictError when two share a name
 * @throws InputError when a route names one that there is not
 */
export function createChannels(options: {
  config: ChannelsConfig & { routes: Routes };
  links: { isOwnBaseUrl: boolean };
  notifications: NotificationService;
  findEntity: FindEntity;
  ofModules: readonly AirflowAlertChannel[];
  now: () => Date;
}): Channels {
  const { config, links, notifications, findEntity, ofModules, now } = options;
  const channels = new Map<string, AirflowAlertChannel>();
  for (const channel of [
    notificationsChannel(notifications, findEntity, links),
    ...config.webhooks.map(webhook => webhookChannel(webhook, now)),
    ...ofModules,
  ]) {
    if (channels.has(channel.name)) {
      throw new ConflictError(`Two alert channels are named ${channel.name}`);
    }
    channels.set(channel.name, channel);
  }
  refuseUnknown(config.routes, channels);
  return channels;
}

function refuseUnknown(routes: Routes, channels: Channels): void {
  for (const [i, route] of routes.entries()) {
    const unknown = route.channels.find(name => !channels.has(name));
    if (unknown === undefined) continue;
    throw new InputError(
      `airflow.alerts.routes[${i}].channels: there is no channel ${unknown}. Known are ${[
        ...channels.keys(),
      ].join(', ')}`,
    );
  }
}
