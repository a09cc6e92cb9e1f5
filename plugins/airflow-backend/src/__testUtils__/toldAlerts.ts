import { airflowPaths } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { StoredAlert } from '../model/storedAlerts';
import type { LinksConfig } from '../config';
import { aFinding, anAlertOf } from './alerts';

/** Of a portal that has left the pages where they are. */
export const portalLinks: LinksConfig = {
  paths: airflowPaths('/airflow'),
  baseUrl: 'https://portal.example.com',
  isOwnBaseUrl: false,
};

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
