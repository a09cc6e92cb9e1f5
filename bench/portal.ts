import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createBackend } from '@backstage/backend-defaults';

/**
 * The Airflow backend alone, configured by APP_CONFIG_ variables, in a process of its own. To any message it answers
 * how long its event loop was held since the message before, from the first one on.
 */
async function main() {
  const backend = createBackend();
  backend.add(import('@airflow-fleet/backstage-plugin-airflow-backend'));
  await backend.start();
  process.send?.({ ready: true });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  process.on('message', () => {
    const held = [99, 99.9, 100].map(share => delay.percentile(share) / 1e6);
    process.send?.({ held });
    delay.reset();
    // It wakes each millisecond, so only where somebody asks.
    delay.enable();
  });
  process.once('disconnect', () => process.exit(0));
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
