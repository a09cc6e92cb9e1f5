import type { StoredAlert } from '../alerts/types';
import { aFinding, anAlertOf } from './alerts';

/** An alert of the DAG `load_orders` on `prod`, owned by the payments team, that fires and was told. */
export function anAlert(
  id: string,
  overrides: Partial<StoredAlert> = {},
): StoredAlert {
  const finding = aFinding({
    fingerprint: `run-failed/${id}`,
    severity: 'critical',
    subject: { kind: 'dag', cluster: 'prod', dagId: 'load_orders' },
    owner: {
      ref: 'group:default/payments',
      source: 'tag',
      by: 'team:payments',
    },
  });
  return anAlertOf(finding, { id, ...overrides });
}
