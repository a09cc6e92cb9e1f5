import {
  airflowAlertManagePermission,
  deliveryStatuses,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { repeated } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { usePermission } from '@backstage/plugin-permission-react';
import { Select, Text } from '@backstage/ui';
import { z } from 'zod';
import { useDeliveries } from '../../data/useAlerts';
import { AlertNav } from '../../features/alerts';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { PageHead, Pager } from '../../ui/layout';
import styles from './DeliveriesPage.module.css';
import { DeliveryTable } from './DeliveryTable';

const deliveriesQuery = z.object({
  status: repeated(z.enum(deliveryStatuses)).optional(),
  limit: z.coerce.number<number | string>().int().min(1).max(250).default(50),
  cursor: z.string().optional(),
});

/** What was sent to whom, newest first, and what could not be sent. */
export function DeliveriesPage() {
  const [query, change] = useUrlQuery(deliveriesQuery);
  const { allowed, loading } = usePermission({
    permission: airflowAlertManagePermission,
  });
  const deliveries = useDeliveries({ ...query, enabled: allowed });
  const { status = [], cursor } = query;
  return (
    <article data-kind="deliveries-page">
      <PageHead title="Deliveries" actions={<AlertNav />} />
      {!allowed && !loading && (
        <Empty>
          A delivery may tell of an alert of anybody, so they are for those with
          the permission airflow.alert.manage.
        </Empty>
      )}
      {allowed && (
        <div
          className={styles.filter}
          role="search"
          aria-label="Filter deliveries"
        >
          <Select
            label="Status"
            size="small"
            placeholder="all"
            selectionMode="multiple"
            options={deliveryStatuses.map(value => ({ value, label: value }))}
            value={status}
            onChange={keys =>
              change({
                status: deliveryStatuses.filter(value => keys.includes(value)),
                cursor: null,
              })
            }
            data-kind="filter-status"
          />
        </div>
      )}
      {(loading || (allowed && deliveries.isPending)) && (
        <Loading what="deliveries" />
      )}
      {allowed && deliveries.error && (
        <ErrorPanel
          title="The deliveries could not be loaded"
          error={deliveries.error}
          onRetry={() => deliveries.refetch()}
        />
      )}
      {allowed && deliveries.data && (
        <>
          {deliveries.data.mailRemark && (
            <Text as="p" color="warning" role="status" data-kind="mail-remark">
              ⚠ What is handed to notifications rings the bell in the portal;
              whether mails arrive is not known: {deliveries.data.mailRemark}.
            </Text>
          )}
          {deliveries.data.items.length === 0 ? (
            <Empty>
              {status.length > 0
                ? 'No deliveries match. Remove the filter to see more.'
                : 'No notifications yet.'}
            </Empty>
          ) : (
            <DeliveryTable
              deliveries={deliveries.data.items}
              isBusy={deliveries.isPlaceholderData}
            />
          )}
          <Pager
            shown={deliveries.data.items.length}
            total={deliveries.data.total}
            noun="deliveries"
            isFirst={cursor === undefined}
            nextCursor={deliveries.data.nextCursor}
            onFirst={() => change({ cursor: null })}
            onNext={next => change({ cursor: next })}
          />
        </>
      )}
    </article>
  );
}
