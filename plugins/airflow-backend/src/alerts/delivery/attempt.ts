import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { AirflowAlertChannelError } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { abortable } from '../../airflow/transport';
import type { DeliveryQueue, LeasedDelivery } from '../../store';
import { waitAfter } from './backoff';
import type { Channels } from './channels';
import { composeMessage } from './compose';
import { givenUpText, toldText } from './words';

/** What a replica that died was sending, another one sends again after this long. */
export const LEASE_MS = 20_000;
const RENEW_MS = LEASE_MS / 4;
/** A channel that takes longer has failed. */
const LONGEST_MS = 2 * 60_000;

/** What one try needs. */
export interface AttemptContext {
  queue: DeliveryQueue;
  channels: Channels;
  /** Undefined when the alert is forgotten. */
  findAlert(id: string): Promise<Alert | undefined>;
  appBaseUrl: string;
  logger: LoggerService;
  now: () => Date;
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
    const failure = await tell(held, context);
    if (failure) await recordFailure(held, failure, context);
    else await queue.delivered(held, { now: now(), text: toldText(held) });
  } catch (error) {
    logger.error(
      `Could not record what became of ${held.key}; it is sent again`,
      error instanceof Error ? error : undefined,
    );
  } finally {
    clearInterval(renewal);
  }
}

/** @returns why it could not be told */
async function tell(
  held: LeasedDelivery,
  context: AttemptContext,
): Promise<Error | undefined> {
  const channel = context.channels.get(held.channel);
  if (!channel) {
    return new Error(
      `This portal has no channel ${held.channel} any more. Give it back in airflow.alerts, or let this notice go`,
    );
  }
  const signal = AbortSignal.timeout(LONGEST_MS);
  try {
    const alert = await context.findAlert(held.alertId);
    if (!alert) return new Error('The alert is gone');
    const message = composeMessage(held, alert, context.appBaseUrl);
    await abortable(channel.send(message, { signal }), signal);
    return undefined;
  } catch (error) {
    if (signal.aborted) {
      return new Error(`It took longer than ${LONGEST_MS / 60_000} minutes`);
    }
    return error instanceof Error ? error : new Error(String(error));
  }
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
