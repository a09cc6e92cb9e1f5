import { createHmac } from 'node:crypto';

/**
 * The header `X-Airflow-Fleet-Signature`: proves that a call comes from the portal, and when it was made, so that an
 * old one cannot be played again.
 */
export function signatureHeader(
  body: string,
  secret: string,
  now: Date,
): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  const signature = createHmac('sha256', secret)
    .update(`${seconds}.${body}`)
    .digest('hex');
  return `t=${seconds},v1=${signature}`;
}
