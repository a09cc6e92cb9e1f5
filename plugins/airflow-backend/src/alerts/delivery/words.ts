import type { Delivery } from '@airflow-fleet/backstage-plugin-airflow-common';

type Notified = Pick<Delivery, 'notice' | 'channel' | 'recipient'>;

const what = { fired: 'that it fires', resolved: 'that it is resolved' };
const whatCameFirst = { fired: 'it was resolved', resolved: 'it came back' };
const passedOn = 'it belonged to somebody else';

/**
 * What the timeline says of a delivery that its channel took. Only a receiver that answers is known to have it.
 *
 * @param others - how many other alerts it tells of
 * @param remark - what keeps it from arriving, as far as that is known
 */
export function sentText(
  { notice, channel, recipient }: Notified,
  {
    receipt,
    others,
    remark = null,
  }: { receipt: string | null; others: number; remark?: string | null },
): string {
  const whom = recipient ? ` for ${recipient}` : '';
  const took =
    receipt === null
      ? `Handed to ${channel}${whom}`
      : `Received by ${channel}${whom} (${receipt})`;
  const doubt =
    remark === null ? '' : `. Whether a mail arrived is not known: ${remark}`;
  const sentence = `${took}, ${what[notice]}`;
  if (others === 0) return `${sentence}${doubt}`;
  return `${sentence}, together with ${others} other ${
    others === 1 ? 'alert' : 'alerts'
  }${doubt}`;
}

/** What the timeline says of a delivery that the next notice overtook. */
export function overtakenText(
  delivery: Notified,
  by: Delivery['notice'],
): string {
  const { notice } = delivery;
  const first = notice === by ? passedOn : whatCameFirst[notice];
  return `${notNotified(delivery)}: ${first} before that could be sent`;
}

/** What the timeline says of a delivery that was given up. */
export function givenUpText(
  delivery: Notified & { attempts: number },
  error: string,
): string {
  return `${notNotified(delivery)}: given up after ${
    delivery.attempts
  } tries. The last one failed: ${error}`;
}

/** What the timeline says of an alert that tells no more than another of the same DAG, which was told. */
export function notifiedAlreadyText(
  { channel, recipient }: Pick<Notified, 'channel' | 'recipient'>,
  earlier: { title: string },
): string {
  const whom = recipient ?? channel;
  const how = recipient ? ` over ${channel}` : '';
  return `${whom} was told${how} already: ${earlier.title}. Told again when it fails for another cause, and when it is over`;
}

function notNotified({ notice, channel, recipient }: Notified): string {
  return recipient
    ? `${recipient} was not told over ${channel} ${what[notice]}`
    : `Not told over ${channel} ${what[notice]}`;
}
