import {
  airflowEndpoints,
  type Delivery,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, Text } from '@backstage/ui';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { useDeed } from '../../hooks/useDeed';
import { DeliveryChip, refName } from '../alerts';
import { Table } from '../layout';
import { Moment } from '../time';

const columns = [
  { title: 'Alert' },
  { title: 'Tells' },
  { title: 'Who' },
  { title: 'Over' },
  { title: 'Status' },
  { title: 'When' },
  { title: 'Attempts', isNumber: true },
  { title: 'Trouble' },
];

/** Notices as rows; a dead one can be sent again. */
export function DeliveryTable(props: {
  deliveries: readonly Delivery[];
  isBusy: boolean;
}) {
  return (
    <Table label="Deliveries" columns={columns} aria-busy={props.isBusy}>
      {props.deliveries.map(delivery => (
        <DeliveryRow key={delivery.id} delivery={delivery} />
      ))}
    </Table>
  );
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { recipient, status, lastError, nextAttemptAt } = delivery;
  const paths = useAirflowPaths();
  return (
    <tr
      data-kind="delivery-row"
      data-delivery={delivery.id}
      data-status={status}
    >
      <td data-label="Alert" data-main>
        <Link to={paths.alert(delivery.alertId)}>{delivery.alertTitle}</Link>
      </td>
      <td data-label="Tells">{delivery.notice}</td>
      <td data-label="Who" title={recipient ?? undefined}>
        {recipient ? refName(recipient) : '–'}
      </td>
      <td data-label="Over">{delivery.channel}</td>
      <td data-label="Status">
        <DeliveryChip delivery={delivery} />
      </td>
      <td data-label="When">
        <Moment at={delivery.deliveredAt ?? delivery.createdAt} />
      </td>
      <td data-label="Attempts" data-number>
        {delivery.attempts}
      </td>
      <td data-label="Trouble">
        {status !== 'sent' && lastError}
        {status === 'waiting' && nextAttemptAt && delivery.attempts > 0 && (
          <small>
            {' '}
            next attempt <Moment at={nextAttemptAt} />
          </small>
        )}
        {status === 'dead' && <SendAgain deliveryId={delivery.id} />}
      </td>
    </tr>
  );
}

function SendAgain({ deliveryId }: { deliveryId: string }) {
  const resend = useDeed(airflowEndpoints.resendDelivery, {
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
