import {
  airflowAlertManagePermission,
  type alertEndpoints,
  type Delivery,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { z } from 'zod';
import type { DeliverySender } from '../../alerts/delivery';
import type { DeliveryStore, ReadScope } from '../../store';
import type { Access } from '../kit/Access';
import type { Audit } from '../kit/Audit';
import { missingDelivery } from '../kit/missing';
import { ProblemError } from '../kit/ProblemError';

type DeliveryPage = z.output<typeof alertEndpoints.listDeliveries.response>;
type DeliveryQuery = z.output<typeof alertEndpoints.listDeliveries.query>;

/** What callers may read of the outbox of alerts, and how they have a dead delivery tried again. */
export class DeliveryService {
  constructor(
    private readonly access: Access,
    private readonly deliveries: DeliveryStore,
    private readonly sender: DeliverySender,
    private readonly audit: Audit,
    private readonly mailRemark: () => string | null,
  ) {}

  async list(
    query: DeliveryQuery,
    credentials: BackstageCredentials,
  ): Promise<DeliveryPage> {
    const scope = await this.manageable(credentials);
    const { limit, cursor, ...filter } = query;
    const page = { limit, cursor };
    const stored = await this.deliveries.list({ scope, filter, page });
    const mailRemark = this.mailRemark();
    return mailRemark === null ? stored : { ...stored, mailRemark };
  }

  async resend(
    id: string,
    credentials: BackstageCredentials,
    request: Request,
  ): Promise<Delivery> {
    const deed = {
      eventId: 'alert-delivery-resend',
      severityLevel: 'low' as const,
      meta: { deliveryId: id },
      request,
    };
    return this.audit.record(deed, async () => {
      const scope = await this.manageable(credentials);
      const waiting = await this.deliveries.resend(scope, id, new Date());
      if (!waiting) throw await this.whyNot(scope, id);
      this.sender.kick();
      return waiting;
    });
  }

  private async manageable(credentials: BackstageCredentials) {
    await this.access.require(airflowAlertManagePermission, credentials);
    return this.access.alerts(credentials);
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
