/**
 * How alerts reach people. The engine calls `DeliveryPlanner.plan` inside the transaction that stores alerts, and
 * `DeliverySender.wake` after it; so does whoever resolves alerts by hand.
 */
export { createDelivery, type Delivering } from './createDelivery';
export { DeliveryPlanner } from './DeliveryPlanner';
export { MailProbe, mailServerOf } from './MailProbe';
export { DeliverySender } from './DeliverySender';
