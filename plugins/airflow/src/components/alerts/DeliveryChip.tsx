import type { deliveryStatuses } from '@airflow-fleet/backstage-plugin-airflow-common';
import styles from './alerts.module.css';

export type DeliveryStatus = (typeof deliveryStatuses)[number];

const looks: Record<DeliveryStatus, { glyph: string; look: string }> = {
  waiting: { glyph: '◷', look: 'pending' },
  delivered: { glyph: '✔', look: 'resolved' },
  dead: { glyph: '✖', look: 'critical' },
  dropped: { glyph: '−', look: 'pending' },
};

/** What became of a notice, with its glyph and its word. */
export function DeliveryChip({ status }: { status: DeliveryStatus }) {
  const { glyph, look } = looks[status];
  return (
    <span className={styles.chip} data-kind="delivery-status" data-look={look}>
      <span aria-hidden="true">{glyph}</span> {status}
    </span>
  );
}
