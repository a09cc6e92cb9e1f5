import type {
  Alert,
  Delivery,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { DeliveryChip, refName } from '../../features/alerts';
import { Empty } from '../../ui/feedback';
import { Moment } from '../../ui/time';
import styles from './AlertPage.module.css';

/** Who was notified, how and when; what could not be sent is marked. */
export function Deliveries(props: {
  alert: Alert;
  deliveries: readonly Delivery[];
}) {
  const { alert, deliveries } = props;
  if (deliveries.length === 0) return <Empty>{whyNobody(alert)}</Empty>;
  return (
    <ul className={styles.told}>
      {deliveries.map(delivery => (
        <li
          key={delivery.id}
          data-kind="alert-delivery"
          data-status={delivery.status}
        >
          <span title={delivery.recipient ?? undefined}>
            {delivery.recipient
              ? refName(delivery.recipient)
              : 'everybody there'}{' '}
            over {delivery.channel}, that it{' '}
            {delivery.notice === 'fired' ? 'fires' : 'is resolved'}
          </span>
          <span>
            <DeliveryChip delivery={delivery} />{' '}
            <Moment at={delivery.deliveredAt ?? delivery.createdAt} />
          </span>
          {delivery.lastError && delivery.status !== 'sent' && (
            <small>{delivery.lastError}</small>
          )}
        </li>
      ))}
    </ul>
  );
}

function whyNobody({ status, inhibitedBy }: Alert): string {
  if (inhibitedBy) return 'Nobody, because its cause is notified instead.';
  if (status === 'pending') return 'Nobody yet.';
  return 'Nobody: no route leads this alert to anyone.';
}
