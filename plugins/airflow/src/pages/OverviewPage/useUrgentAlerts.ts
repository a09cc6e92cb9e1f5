import type { AlertStatus } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { OwnerScope } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useAlerts } from '../../data/useAlerts';

const open: AlertStatus[] = ['firing', 'acknowledged'];

/** The newest open alerts; where they are too many to be read at once, the critical ones too, however old. */
export function useUrgentAlerts(scope: OwnerScope) {
  const filter = { scope, status: open };
  const alerts = useAlerts({ filter, sort: '-firedAt', limit: 250 });
  const newest = alerts.data?.items ?? [];
  const worst = useAlerts({
    filter: { ...filter, severity: ['critical'] },
    sort: '-firedAt',
    limit: 100,
    enabled: (alerts.data?.total ?? 0) > newest.length,
  });
  const ids = new Set(newest.map(({ id }) => id));
  const older = (worst.data?.items ?? []).filter(({ id }) => !ids.has(id));
  return { alerts, items: [...newest, ...older] };
}
