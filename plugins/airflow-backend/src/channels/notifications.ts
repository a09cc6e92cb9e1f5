import type { Severity } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  AirflowAlertChannelError,
  type AirflowAlertChannel,
  type AirflowAlertDigest,
  type AirflowAlertMessage,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import {
  RELATION_HAS_MEMBER,
  RELATION_PARENT_OF,
  type Entity,
} from '@backstage/catalog-model';
import type { NotificationSeverity } from '@backstage/plugin-notifications-common';
import type { NotificationService } from '@backstage/plugin-notifications-node';

const severities: Record<Severity, NotificationSeverity> = {
  critical: 'critical',
  warning: 'high',
  info: 'normal',
};

/** Reads an entity of the catalog; undefined when there is none. */
export type FindEntity = (ref: string) => Promise<Entity | undefined>;

/**
 * Tells people in the portal and, where its modules are installed, by mail or chat. The portal opens a path in place,
 * and its modules put `app.baseUrl` before it.
 */
export function notificationsChannel(
  notifications: NotificationService,
  findEntity: FindEntity,
  { isOwnBaseUrl }: { isOwnBaseUrl: boolean },
): AirflowAlertChannel {
  const send = async (
    message: Omit<AirflowAlertMessage, 'alert'>,
    of: { severity: Severity; scope: string },
  ) => {
    const { notice, recipient, title, text, path, link } = message;
    if (recipient === null) throw new Error('There is nobody to tell');
    await refuseNobody(recipient, findEntity);
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: recipient },
        payload: {
          title,
          description: text,
          link: isOwnBaseUrl ? link : path,
          severity: notice === 'resolved' ? 'normal' : severities[of.severity],
          topic: 'airflow',
          scope: of.scope,
        },
      });
    } catch (error) {
      throw toChannelError(error);
    }
  };
  return {
    name: 'notifications',
    hasRecipients: true,
    // What is told later of the same alert changes what people have, in place of a second entry.
    send: (message: AirflowAlertMessage) =>
      send(message, {
        severity: message.alert.severity,
        scope: `airflow-alert:${message.alert.id}`,
      }),
    sendTogether: (digest: AirflowAlertDigest) =>
      send(digest, {
        severity: digest.alerts[0].severity,
        scope: `airflow-alerts:${digest.key}`,
      }),
  };
}

/** The notifications backend is content to tell nobody; whoever relies on being told is not. */
async function refuseNobody(
  recipient: string,
  findEntity: FindEntity,
): Promise<void> {
  const entity = await findEntity(recipient);
  if (!entity) {
    throw new AirflowAlertChannelError(
      `There is no ${recipient} in the catalog. Add it, or give its DAGs another owner`,
    );
  }
  const leadsToPeople = (entity.relations ?? []).some(({ type }) =>
    [RELATION_HAS_MEMBER, RELATION_PARENT_OF].includes(type),
  );
  if (entity.kind === 'Group' && !leadsToPeople) {
    throw new AirflowAlertChannelError(
      `${recipient} has no members in the catalog, so nobody would be told`,
    );
  }
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
