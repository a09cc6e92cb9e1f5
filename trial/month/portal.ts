import { z } from 'zod';
import { prepareOnce } from './preparedOnce';
import { liveAt } from './simulatedDate';

const momentSchema = z.object({ liveAt: z.number() });

/** The backend of the portal in a process whose date is set from outside. */
async function main() {
  liveAt(Number(process.env.TRIAL_BEGINS_AT));
  prepareOnce();
  process.on('message', message => {
    liveAt(momentSchema.parse(message).liveAt);
    process.send?.({ livesAt: Date.now() });
  });
  await import('../../bench/portal');
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
