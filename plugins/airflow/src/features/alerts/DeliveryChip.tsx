import type {
  Delivery,
  deliveryStatuses,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import styles from './alerts.module.css';

export type DeliveryStatus = (typeof deliveryStatuses)[number];

const looks: Record<DeliveryStatus, { glyph: string; look: string }> = {
  waiting: { glyph: '◷', look: 'pending' },
  sent: { glyph: '✔', look: 'resolved' },
  dead: { glyph: '✖', look: 'critical' },
  dropped: { glyph: '−', look: 'pending' },
};

/** What became of a notice, with its glyph and its word: only what a receiver answered to is known to have arrived. */
export function DeliveryChip(props: {
  delivery: Pick<Delivery, 'status' | 'receipt'>;
}) {
  const { status, receipt } = props.delivery;
  const { glyph, look } = looks[status];
  return (
    <span className={styles.chip} data-kind="delivery-status" data-look={look}>
      <span aria-hidden="true">{glyph}</span>{' '}
      {status === 'sent' ? wordOfSent(receipt) : status}
    </span>
  );
}

function wordOfSent(receipt: string | null): string {
  return receipt === null ? 'handed over' : `received (${receipt})`;
}
