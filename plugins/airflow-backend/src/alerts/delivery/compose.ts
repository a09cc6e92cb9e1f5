import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowAlertMessage } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { LeasedDelivery } from '../../store';
import { utc } from '../rules/words';

/** Says in plain words what a delivery tells of its alert. */
export function composeMessage(
  delivery: Pick<LeasedDelivery, 'key' | 'notice' | 'recipient'>,
  alert: Alert,
  /** The portal's address. */
  appBaseUrl: string,
): AirflowAlertMessage {
  const { key, notice, recipient } = delivery;
  const path = `/airflow/alerts/${encodeURIComponent(alert.id)}`;
  const about = `${alert.title} (${alert.subject.cluster})`;
  return {
    key,
    notice,
    alert,
    recipient,
    title: notice === 'fired' ? about : `Resolved: ${about}`,
    text: lines(alert).join('\n'),
    path,
    link: `${appBaseUrl.replace(/\/+$/, '')}${path}`,
  };
}

function lines(alert: Alert): string[] {
  const { failure, owner, resolution } = alert;
  return [
    ...(resolution
      ? [
          resolution.kind === 'proof'
            ? resolution.text
            : `Closed by ${resolution.by}: ${resolution.reason}`,
        ]
      : []),
    `Seen: ${alert.observed}`,
    `Expected: ${alert.expected}`,
    `Since: ${utc(alert.since)}`,
    ...(failure
      ? [
          failure.exception
            ? `First failed task: ${failure.taskId}, ${failure.exception}`
            : `First failed task: ${failure.taskId}`,
        ]
      : []),
    ...(owner ? [`Owner: ${owner.ref}`] : []),
  ];
}
