import {
  AirflowAlertChannelError,
  type AirflowAlertChannel,
  type AirflowAlertReceipt,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { abortable } from '../../airflow/transport';
import type { LinksConfig } from '../../config';
import type { DeliveryQueue, LeasedDelivery } from '../../store';
import type { MaskedAlert } from '../../model/storedAlerts';
import { waitAfter } from './backoff';
import type { Channels } from '../../channels';
import { composeDigest, composeMessage } from './compose';
import { givenUpText, sentText } from './words';

/** What a replica that died was sending, another one sends again after this long. */
export const LEASE_MS = 20_000;
const RENEW_MS = LEASE_MS / 4;
/** A channel that takes longer has failed. */
const LONGEST_MS = 2 * 60_000;
/** One notice reads so many alerts. */
const MOST_ALERTS = 500;

/** The channel whose notices Backstage mails. */
const NOTIFICATIONS = 'notifications';

/** What one try needs. */
export interface AttemptContext {
  queue: DeliveryQueue;
  channels: Channels;
  /** Worst first; those that are forgotten are left out. */
  findAlerts(ids: readonly string[]): Promise<MaskedAlert[]>;
  links: LinksConfig;
  logger: LoggerService;
  now: () => Date;
  /** What is known to be wrong with the mails by which notifications are told. */
  mailRemark?: () => string | null;
  /** Between 0 and 1. */
  random: () => number;
}

/** Tries a delivery once and records how that went. Never throws: what is not recorded is tried again. */
export async function attempt(
  held: LeasedDelivery,
  context: AttemptContext,
): Promise<void> {
  const { queue, logger, now } = context;
  const renewal = setInterval(() => {
    queue
      .renew(held, new Date(now().getTime() + LEASE_MS))
      .catch(error => logger.warn(`Could not keep ${held.key}`, error));
  }, RENEW_MS);
  try {
    const outcome = await deliver(held, context);
    if (outcome instanceof Error) await recordFailure(held, outcome, context);
    else {
      const receipt = outcome?.answer ?? null;
      const others = held.alertIds.length - 1;
      const remark =
        held.channel === NOTIFICATIONS ? context.mailRemark?.() : null;
      const text = sentText(held, { receipt, others, remark });
      await queue.delivered(held, { now: now(), receipt, text });
    }
  } catch (error) {
    logger.error(
      `Could not record what became of ${held.key}; it is sent again`,
      error instanceof Error ? error : undefined,
    );
  } finally {
    clearInterval(renewal);
  }
}

/** @returns what the receiver answered, or why it could not be told */
async function deliver(
  held: LeasedDelivery,
  context: AttemptContext,
): Promise<AirflowAlertReceipt | void | Error> {
  const channel = context.channels.get(held.channel);
  if (!channel) {
    return new Error(
      `This portal has no channel ${held.channel} any more. Give it back in airflow.alerts, or let this notice go`,
    );
  }
  const signal = AbortSignal.timeout(LONGEST_MS);
  try {
    const alerts = await context.findAlerts(
      held.alertIds.slice(0, MOST_ALERTS),
    );
    if (alerts.length === 0) return new Error('The alert is gone');
    return await abortable(
      send(held, alerts, channel, signal, context),
      signal,
    );
  } catch (error) {
    if (signal.aborted) {
      return new Error(`It took longer than ${LONGEST_MS / 60_000} minutes`);
    }
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Two alerts of one DAG, such as that it failed and that it did so again and again, are one thing to tell. */
function send(
  held: LeasedDelivery,
  alerts: readonly MaskedAlert[],
  channel: AirflowAlertChannel,
  signal: AbortSignal,
  { links }: AttemptContext,
): Promise<AirflowAlertReceipt | void> {
  const worst = worstOfEach(alerts);
  if (!channel.sendTogether || worst.length === 1) {
    const message = composeMessage(held, worst[0], links);
    return channel.send(message, { signal });
  }
  const unread = held.alertIds.length - alerts.length;
  const count = worst.length + unread;
  const digest = composeDigest(held, { alerts: worst, count }, links);
  return channel.sendTogether(digest, { signal });
}

/** The first of each subject. */
function worstOfEach(alerts: readonly MaskedAlert[]): MaskedAlert[] {
  const worst = new Map<string, MaskedAlert>();
  for (const alert of alerts) {
    const subject = JSON.stringify(alert.subject);
    if (!worst.has(subject)) worst.set(subject, alert);
  }
  return [...worst.values()];
}

async function recordFailure(
  held: LeasedDelivery,
  failure: Error,
  { queue, logger, now, random }: AttemptContext,
): Promise<void> {
  const retryAfterMs =
    failure instanceof AirflowAlertChannelError
      ? failure.retryAfterMs
      : undefined;
  const waitMs = waitAfter(held.attempts, random(), retryAfterMs);
  const recorded = await queue.failed(held, {
    now: now(),
    error: failure.message,
    nextAttemptAt: waitMs === null ? null : new Date(now().getTime() + waitMs),
    text: givenUpText(held, failure.message),
  });
  if (recorded && waitMs === null) {
    logger.warn(`Gave up to send ${held.key}: ${failure.message}`);
  }
}
