import {
  AirflowAlertChannelError,
  type AirflowAlertChannel,
  type AirflowAlertMessage,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import { request } from 'undici';
import { z } from 'zod';
import { connectionReason, retryAfterMs } from '../airflow/transport';
import {
  hasUserInfo,
  httpUrl,
  namedApart,
  slug,
  text,
} from '../model/configValues';
import { signedHeaders } from './signature';

const TIMEOUT_MS = 10_000;
/** What an answer says is not looked at; this much of it is read, so that the connection can be used again. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** As Standard Webhooks has it, for their libraries take no other. */
const webhookSecret = text.refine(value => {
  const [, encoded = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? [];
  const { length } = Buffer.from(encoded, 'base64');
  return length >= 24 && length <= 64;
}, 'must be whsec_ and then 24 to 64 bytes in base64, as openssl rand -base64 32 makes them');

const webhookSchema = z.strictObject({
  name: slug.refine(
    name => name !== 'notifications',
    'is the name of the channel that comes with the portal',
  ),
  url: httpUrl.refine(
    value => !hasUserInfo(value),
    'must hold no user or password; calls are signed with the secret',
  ),
  secret: webhookSecret,
});

/** `webhooks` of the configuration, each a channel. */
export const webhooksSchema = z
  .array(webhookSchema)
  .superRefine(namedApart)
  .default([]);

/** An address that is called with each notice, signed with the secret. */
type WebhookConfig = z.output<typeof webhookSchema>;

/** Calls an address with each notice, signed with its secret. Its errors name the host and nothing else of the URL. */
export function webhookChannel(
  webhook: WebhookConfig,
  now: () => Date,
): AirflowAlertChannel {
  return {
    name: webhook.name,
    hasRecipients: false,
    async send(message, { signal }) {
      const { status, retryAfter } = await call(
        webhook,
        message,
        now(),
        signal,
      );
      if (status >= 200 && status < 300) return { answer: String(status) };
      throw new AirflowAlertChannelError(refusal(webhook, status), {
        retryAfterMs: retryAfter,
      });
    },
  };
}

async function call(
  webhook: WebhookConfig,
  message: AirflowAlertMessage,
  now: Date,
  signal: AbortSignal,
): Promise<{ status: number; retryAfter: number | undefined }> {
  const body = JSON.stringify(bodyOf(message));
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await request(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...signedHeaders(message.key, body, webhook.secret, now),
      },
      body,
      signal: AbortSignal.any([signal, timeout]),
    });
    // The status is the answer, whatever becomes of the rest.
    await answer.body.dump({ limit: MOST_ANSWER_BYTES }).catch(() => undefined);
    const [asked = ''] = [answer.headers['retry-after']].flat();
    return {
      status: answer.statusCode,
      retryAfter: retryAfterMs({ 'retry-after': asked }),
    };
  } catch (error) {
    const reason = timeout.aborted
      ? `it did not answer within ${TIMEOUT_MS / 1_000} seconds`
      : connectionReason(error) ?? 'the connection failed';
    throw new AirflowAlertChannelError(
      `${nameOf(webhook)} could not be called: ${reason}`,
    );
  }
}

/** What a receiver gets; part of the public contract, see docs/alerts-delivery.md. */
function bodyOf(message: AirflowAlertMessage) {
  const { key, notice, alert, title, link } = message;
  return { key, notice, title, text: message.text, link, alert };
}

function refusal(webhook: WebhookConfig, status: number): string {
  return status >= 300 && status < 400
    ? `${nameOf(
        webhook,
      )} answered with a redirect (status ${status}), which is not followed. Set its url to where that leads`
    : `${nameOf(webhook)} answered with status ${status}`;
}

function nameOf({ name, url }: WebhookConfig): string {
  return `The webhook ${name} at ${new URL(url).host}`;
}
