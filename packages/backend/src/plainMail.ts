import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { notificationsEmailTemplateExtensionPoint } from '@backstage/plugin-notifications-backend-module-email';
import type { Notification } from '@backstage/plugin-notifications-common';
import { resolveNotificationLink } from '@backstage/plugin-notifications-node';

const marks: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Notifications quote logs, which may hold anything. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, mark => marks[mark]);
}

function linkOf({ payload }: Notification, appBaseUrl: string): string {
  return (
    resolveNotificationLink(payload.link ?? 'notifications', appBaseUrl) ??
    appBaseUrl
  );
}

/** What a notification says, line by line, and a link to what it is about. */
export function mailHtml(notification: Notification, appBaseUrl: string) {
  const { title, description = '' } = notification.payload;
  const lines = description.split('\n').map(escaped).join('<br>\n');
  const link = escaped(linkOf(notification, appBaseUrl));
  return [
    '<div style="font-family: sans-serif; line-height: 1.5">',
    `<h2 style="font-size: 18px">${escaped(title)}</h2>`,
    `<p>${lines}</p>`,
    `<p><a href="${link}">Open in the portal</a></p>`,
    '</div>',
  ].join('\n');
}

/** Mails that show what they quote as it is, in place of the module's own, which take it for HTML. */
export default createBackendModule({
  pluginId: 'notifications',
  moduleId: 'plain-mail',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        mails: notificationsEmailTemplateExtensionPoint,
      },
      async init({ config, mails }) {
        const appBaseUrl = config.getString('app.baseUrl');
        mails.setTemplateRenderer({
          getText: async notification =>
            [
              notification.payload.description,
              linkOf(notification, appBaseUrl),
            ].join('\n\n'),
          getHtml: async notification => mailHtml(notification, appBaseUrl),
        });
      },
    });
  },
});
