import type { Delivery } from '@airflow-fleet/backstage-plugin-airflow-common';

type Told = Pick<Delivery, 'notice' | 'channel' | 'recipient'>;

const what = { fired: 'that it fires', resolved: 'that it is resolved' };
const whatCameFirst = { fired: 'it was resolved', resolved: 'it came back' };
const passedOn = 'it belonged to somebody else';

/** What the timeline says of a delivery that arrived. */
export function toldText({ notice, channel, recipient }: Told): string {
  return recipient
    ? `Told ${recipient} over ${channel} ${what[notice]}`
    : `Told over ${channel} ${what[notice]}`;
}

/** What the timeline says of a delivery that the next notice overtook. */
export function overtakenText(delivery: Told, by: Delivery['notice']): string {
  const { notice } = delivery;
  const first = notice === by ? passedOn : whatCameFirst[notice];
  return `${notTold(delivery)}: ${first} before that could be sent`;
}

/** What the timeline says of a delivery that was given up. */
export function givenUpText(
  delivery: Told & { attempts: number },
  error: string,
): string {
  return `${notTold(delivery)}: given up after ${
    delivery.attempts
  } tries. The last one failed: ${error}`;
}

function notTold({ notice, channel, recipient }: Told): string {
  return recipient
    ? `${recipient} was not told over ${channel} ${what[notice]}`
    : `Not told over ${channel} ${what[notice]}`;
}
