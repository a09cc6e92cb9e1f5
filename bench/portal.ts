import { createBackend } from '@backstage/backend-defaults';

/** The Airflow backend alone, configured by APP_CONFIG_ variables, in a process of its own. */
async function main() {
  const backend = createBackend();
  backend.add(import('@airflow-fleet/backstage-plugin-airflow-backend'));
  await backend.start();
  process.send?.({ ready: true });
  process.once('disconnect', () => process.exit(0));
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
