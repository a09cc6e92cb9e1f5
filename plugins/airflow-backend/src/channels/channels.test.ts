import type { AirflowAlertChannel } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { anAlert, portalLinks } from '../__testUtils__/toldAlerts';
import { composeMessage } from '../alerts/delivery/compose';
import { createChannels, type FindEntity } from '.';
import { notificationsChannel } from './notifications';

const { signal } = new AbortController();

const payments = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'payments' },
  relations: [{ type: 'hasMember', targetRef: 'user:default/grace' }],
};
const findEntity: FindEntity = async () => payments;

describe('notificationsChannel', () => {
  const messageOf = (
    notice: 'fired' | 'resolved',
    severity: 'critical' | 'warning' | 'info',
  ) =>
    composeMessage(
      { key: 'k', notice, recipient: 'group:default/payments' },
      anAlert('a1', { severity }),
      portalLinks,
    );

  it.each([
    ['fired', 'critical', 'critical'],
    ['fired', 'warning', 'high'],
    ['fired', 'info', 'normal'],
    ['resolved', 'critical', 'normal'],
  ] as const)('tells %s of a %s alert as %s', async (notice, severity, as) => {
    const sent: NotificationSendOptions[] = [];
    const channel = notificationsChannel(
      { send: async options => void sent.push(options) },
      findEntity,
      portalLinks,
    );
    await channel.send(messageOf(notice, severity), { signal });
    expect(sent).toEqual([
      {
        recipients: { type: 'entity', entityRef: 'group:default/payments' },
        payload: {
          title:
            notice === 'fired'
              ? 'load_orders failed (prod)'
              : 'Resolved: load_orders failed (prod)',
          description: expect.stringContaining('Seen: Run 1 failed'),
          link: '/airflow/alerts/a1',
          severity: as,
          topic: 'airflow',
          scope: 'airflow-alert:a1',
        },
      },
    ]);
  });

  it('links to an address of its own where the portal has another for people', async () => {
    const sent: NotificationSendOptions[] = [];
    const channel = notificationsChannel(
      { send: async options => void sent.push(options) },
      findEntity,
      { isOwnBaseUrl: true },
    );
    await channel.send(messageOf('fired', 'info'), { signal });
    expect(sent[0].payload.link).toBe(
      'https://portal.example.com/airflow/alerts/a1',
    );
  });

  it('says what to do when the portal has no notifications backend', async () => {
    const channel = notificationsChannel(
      {
        send: async () => {
          throw new Error(
            'Failed to send notifications: Error: Request failed with status 404',
          );
        },
      },
      findEntity,
      portalLinks,
    );
    await expect(
      channel.send(messageOf('fired', 'critical'), { signal }),
    ).rejects.toThrow('This portal has no notifications backend. Add');
  });
});

describe('notificationsChannel for nobody', () => {
  const send = (find: FindEntity) => {
    const channel = notificationsChannel(
      {
        send: async () => {
          throw new Error('Nobody must be told');
        },
      },
      find,
      portalLinks,
    );
    return channel.send(
      composeMessage(
        { key: 'k', notice: 'fired', recipient: 'group:default/payments' },
        anAlert('a1'),
        portalLinks,
      ),
      { signal },
    );
  };

  it('fails when the recipient is not in the catalog', async () => {
    await expect(send(async () => undefined)).rejects.toThrow(
      'There is no group:default/payments in the catalog',
    );
  });

  it('fails when the group has no members', async () => {
    await expect(
      send(async () => ({ ...payments, relations: [] })),
    ).rejects.toThrow('group:default/payments has no members in the catalog');
  });
});

describe('createChannels', () => {
  const notifications = { send: async () => {} };
  const channel = (name: string): AirflowAlertChannel => ({
    name,
    hasRecipients: false,
    send: async () => {},
  });
  const create = (routed: string[], ofModules: AirflowAlertChannel[]) =>
    createChannels({
      config: {
        routes: [{ channels: routed }],
        webhooks: [
          {
            name: 'pager',
            url: 'https://pager.example.com',
            secret: 'whsec_YS1zZWNyZXQtb2YtdGhlLXJlY2VpdmVy',
          },
        ],
      },
      links: portalLinks,
      notifications,
      findEntity,
      ofModules,
      now: () => new Date(),
    });

  it('knows the built-in ones, those of the configuration and those of modules', () => {
    const channels = create(
      ['notifications', 'pager', 'chat'],
      [channel('chat')],
    );
    expect([...channels.keys()]).toEqual(['notifications', 'pager', 'chat']);
  });

  it('refuses a route to a channel that there is not', () => {
    expect(() => create(['paper'], [])).toThrow(
      'airflow.alerts.routes[0].channels: there is no channel paper. Known are notifications, pager',
    );
  });

  it('refuses two channels of one name', () => {
    expect(() => create([], [channel('pager')])).toThrow(
      'Two alert channels are named pager',
    );
  });
});
