import { createHmac } from 'node:crypto';

/** How secrets of webhooks begin, before their bytes in base64. */
const SECRET_PREFIX = 'whsec_';

/**
 * The headers of Standard Webhooks (https://www.standardwebhooks.com): they prove that a call comes from the portal,
 * and when it was made, so that an old one cannot be played again.
 *
 * @param id - the same for each attempt
 */
export function signedHeaders(
  id: string,
  body: string,
  secret: string,
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  const signature = createHmac('sha256', key)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
