import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { alertOutcomeSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Alert as Notice, Button } from '@backstage/ui';
import type { z } from 'zod';
import styles from './alerts.module.css';

type Outcome = z.output<typeof alertOutcomeSchema>;

/** What became of alerts that were acted on together. */
export interface Result {
  /** What was to be done, as `acknowledged`. */
  action: string;
  items: readonly Outcome[];
  alerts: readonly Alert[];
}

/** Tells what was done, what was so already, and, one by one, what was refused and why. */
export function Outcomes(props: { result: Result; onClose: () => void }) {
  const { action, items, alerts } = props.result;
  const count = (outcome: Outcome['outcome']) =>
    items.filter(item => item.outcome === outcome).length;
  const refused = items.filter(({ outcome }) => outcome === 'refused');
  const title = [
    `${count('done')} ${action}`,
    count('unchanged') > 0 && `${count('unchanged')} unchanged`,
    refused.length > 0 && `${refused.length} refused`,
  ]
    .filter(Boolean)
    .join(', ');
  const titleOf = (id: string) =>
    alerts.find(alert => alert.id === id)?.title ?? id;
  return (
    <div role="status" data-kind="alert-outcomes">
      <Notice
        status={refused.length > 0 ? 'warning' : 'success'}
        icon
        title={title}
        description={
          refused.length > 0 && (
            <ul className={styles.titles}>
              {refused.map(({ id, message }) => (
                <li key={id} data-kind="alert-refused">
                  {titleOf(id)}: {message ?? 'refused'}
                </li>
              ))}
            </ul>
          )
        }
        customActions={
          <Button size="small" variant="tertiary" onPress={props.onClose}>
            Close
          </Button>
        }
      />
    </div>
  );
}
