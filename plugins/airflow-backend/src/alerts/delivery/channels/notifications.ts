import type { Severity } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  AirflowAlertChannelError,
  type AirflowAlertChannel,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import type { NotificationSeverity } from '@backstage/plugin-notifications-common';
import type { NotificationService } from '@backstage/plugin-notifications-node';

const severities: Record<Severity, NotificationSeverity> = {
  critical: 'critical',
  warning: 'high',
  info: 'normal',
};

/** Tells people in the portal and, where its modules are installed, by mail or chat. */
export function notificationsChannel(
  notifications: NotificationService,
): AirflowAlertChannel {
  return {
    name: 'notifications',
    hasRecipients: true,
    async send({ alert, notice, recipient, title, text, path }) {
      if (recipient === null) throw new Error('There is nobody to tell');
      try {
        await notifications.send({
          recipients: { type: 'entity', entityRef: recipient },
          payload: {
            title,
            description: text,
            link: path,
            severity:
              notice === 'resolved' ? 'normal' : severities[alert.severity],
            topic: 'airflow',
            // What is told later of the same alert changes what people have, in place of a second entry.
            scope: `airflow-alert:${alert.id}`,
          },
        });
      } catch (error) {
        throw toChannelError(error);
      }
    },
  };
}

function toChannelError(error: unknown): AirflowAlertChannelError {
  const message = error instanceof Error ? error.message : String(error);
  if (/\bstatus 404\b/.test(message)) {
    return new AirflowAlertChannelError(
      'This portal has no notifications backend. Add @backstage/plugin-notifications-backend to the backend, or take notifications out of airflow.alerts.routes',
    );
  }
  return new AirflowAlertChannelError(
    `The notifications backend took nothing: ${message}`,
  );
}
