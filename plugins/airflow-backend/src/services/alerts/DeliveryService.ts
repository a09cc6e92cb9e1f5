import type { Delivery } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DeliverySender } from '../../alerts/delivery';
import type { DeliveryStore, ReadScope } from '../../store';
import type { Answer, Asked } from '../kit/asked';
import { missingDelivery } from '../kit/missing';
import { ProblemError } from '../kit/ProblemError';

/** What callers may read of the outbox of alerts, and how they have a dead delivery tried again. */
export class DeliveryService {
  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly sender: DeliverySender,
    private readonly mailRemark: () => string | null,
  ) {}

  async list({
    query: { limit, cursor, ...filter },
    scope,
  }: Asked<'listDeliveries'>): Promise<Answer<'listDeliveries'>> {
    const page = { limit, cursor };
    const stored = await this.deliveries.list({ scope, filter, page });
    const mailRemark = this.mailRemark();
    return mailRemark === null ? stored : { ...stored, mailRemark };
  }

  async resend({
    params: { deliveryId },
    scope,
  }: Asked<'resendDelivery'>): Promise<Delivery> {
    const waiting = await this.deliveries.resend(scope, deliveryId, new Date());
    if (!waiting) throw await this.whyNot(scope, deliveryId);
    this.sender.wake();
    return waiting;
  }

  private async whyNot(scope: ReadScope, id: string): Promise<ProblemError> {
    const delivery = await this.deliveries.get(scope, id);
    if (!delivery) return missingDelivery(id);
    return new ProblemError({
      code: 'invalid-request',
      field: 'deliveryId',
      message: `Delivery ${id} is ${delivery.status} and was not given up`,
      hint: 'Only a dead delivery can be sent again',
    });
  }
}
