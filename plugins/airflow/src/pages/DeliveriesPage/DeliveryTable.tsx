import type { Delivery } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Button, Text } from '@backstage/ui';
import { Link } from 'react-router-dom';
import { useAction } from '../../data/useAction';
import { DeliveryChip, refName } from '../../features/alerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Table, type Column } from '../../ui/layout';
import { Moment } from '../../ui/time';

const factColumns: readonly Column<Delivery>[] = [
  { title: 'Notice', cell: ({ notice }) => notice },
  {
    title: 'Who',
    hint: ({ recipient }) => recipient ?? undefined,
    cell: ({ recipient }) => (recipient ? refName(recipient) : '–'),
  },
  { title: 'Channel', cell: ({ channel }) => channel },
  {
    title: 'Status',
    cell: delivery => <DeliveryChip delivery={delivery} />,
  },
  {
    title: 'When',
    cell: ({ deliveredAt, createdAt }) => (
      <Moment at={deliveredAt ?? createdAt} />
    ),
  },
  { title: 'Attempts', isNumber: true, cell: ({ attempts }) => attempts },
  { title: 'Error', cell: delivery => <Trouble delivery={delivery} /> },
];

/** Notices as rows; a dead one can be sent again. */
export function DeliveryTable(props: {
  deliveries: readonly Delivery[];
  isBusy: boolean;
}) {
  const paths = useAirflowPaths();
  return (
    <Table
      label="Deliveries"
      kind="delivery-row"
      rows={props.deliveries}
      keyOf={({ id }) => id}
      marksOf={({ id, status }) => ({
        'data-delivery': id,
        'data-status': status,
      })}
      columns={[
        {
          title: 'Alert',
          isMain: true,
          cell: ({ alertId, alertTitle }) => (
            <Link to={paths.alert(alertId)}>{alertTitle}</Link>
          ),
        },
        ...factColumns,
      ]}
      aria-busy={props.isBusy}
    />
  );
}

function Trouble({ delivery }: { delivery: Delivery }) {
  const { id, status, lastError, nextAttemptAt, attempts } = delivery;
  return (
    <>
      {status !== 'sent' && lastError}
      {status === 'waiting' && nextAttemptAt && attempts > 0 && (
        <small>
          {' '}
          next attempt <Moment at={nextAttemptAt} />
        </small>
      )}
      {status === 'dead' && <SendAgain deliveryId={id} />}
    </>
  );
}

function SendAgain({ deliveryId }: { deliveryId: string }) {
  const resend = useAction(airflowEndpoints.resendDelivery, {
    waitsForReading: true,
  });
  return (
    <>
      {' '}
      <Button
        size="small"
        variant="secondary"
        isPending={resend.isPending}
        onPress={() => resend.mutate({ params: { deliveryId }, query: {} })}
        data-kind="delivery-resend"
      >
        Send again
      </Button>
      {resend.error && (
        <Text variant="body-small" color="danger" role="alert">
          {resend.error.message}
        </Text>
      )}
    </>
  );
}
