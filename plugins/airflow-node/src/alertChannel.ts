import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * One notice of an alert, ready to be told.
 *
 * @public
 */
export interface AirflowAlertMessage {
  /**
   * Names this notice to this recipient over this channel. A notice may be sent more than once, always with the same
   * key: whoever receives it drops what it knows.
   */
  key: string;
  /** Whether somebody is told that the alert fires, or that it is resolved. */
  notice: 'fired' | 'resolved';
  /** What it is about, as the API shows it. */
  alert: Alert;
  /** Entity ref of the group or user to tell; null where the channel knows itself. */
  recipient: string | null;
  /** One line, without markup. */
  title: string;
  /** What was seen and what the rule asks for, a line a fact, without markup. */
  text: string;
  /** Where the portal shows the alert, from the portal's root, such as `/airflow/alerts/…` where it has not moved the pages. */
  path: string;
  /** The same with the portal's address. */
  link: string;
}

/**
 * One notice of several alerts of one cluster, ready to be told.
 *
 * @public
 */
export interface AirflowAlertDigest extends Omit<AirflowAlertMessage, 'alert'> {
  /** What it is about, worst first; at most 500. */
  alerts: Alert[];
  /** How many alerts it is about. */
  count: number;
}

/**
 * What a receiver said.
 *
 * @public
 */
export interface AirflowAlertReceipt {
  /** A word or two that show that it was received, such as `200`. */
  answer: string;
}

/**
 * A way to tell people of alerts, named by `channels` of a route in the configuration.
 *
 * @public
 */
export interface AirflowAlertChannel {
  /** What routes call it; no two channels may share it. */
  name: string;
  /** True when it tells the groups and users that a route names; false when it knows itself whom it tells. */
  hasRecipients: boolean;
  /**
   * Tells of one alert. Called again, with the same key, when it throws or does not end.
   *
   * @returns a receipt when the receiver itself took it; nothing when it was handed to somebody who passes it on
   * @param options - `signal` says when nobody waits for the end any more
   * @throws AirflowAlertChannelError when it is known how long to wait; the message of any error is shown to people, so
   * it holds no secret
   */
  send(
    message: AirflowAlertMessage,
    options: { signal: AbortSignal },
  ): Promise<AirflowAlertReceipt | void>;
  /**
   * Tells of several alerts at once. A channel that has this is for people: what one recipient is to hear of a cluster
   * at about the same time is told as one notice. Without it every alert is told by itself, at once.
   */
  sendTogether?(
    digest: AirflowAlertDigest,
    options: { signal: AbortSignal },
  ): Promise<AirflowAlertReceipt | void>;
}

/**
 * Why a notice could not be told.
 *
 * @public
 */
export class AirflowAlertChannelError extends Error {
  /** How it is told from other errors. */
  readonly name = 'AirflowAlertChannelError';
  /** How long the receiver asks to wait before the next try, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { retryAfterMs?: number } = {}) {
    super(message);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * Where modules add ways to tell people of alerts.
 *
 * @public
 */
export interface AirflowAlertChannelsExtensionPoint {
  /**
   * Adds a channel, beside `notifications` and the webhooks of the configuration.
   *
   * @throws ConflictError when the name is taken
   */
  addChannel(channel: AirflowAlertChannel): void;
}

/**
 * Extension point of the plugin `airflow`; a backend module takes it as a dependency and calls
 * {@link AirflowAlertChannelsExtensionPoint.addChannel} in its `init`.
 *
 * @public
 */
export const airflowAlertChannelsExtensionPoint =
  createExtensionPoint<AirflowAlertChannelsExtensionPoint>({
    id: 'airflow.alert-channels',
  });
