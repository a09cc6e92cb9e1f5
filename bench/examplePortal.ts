import { resolve } from 'node:path';

/** Answers once the catalog knows the people of the demo, who cannot sign in before. */
const SIGN_IN = 'http://localhost:9380/api/auth/demo/refresh';

/** The example portal with the app that has been built, in a process of its own. */
async function main() {
  // Paths of the configuration are relative to it.
  process.chdir(resolve(__dirname, '../packages/backend'));
  await import('../packages/backend/src/index');
  for (;;) {
    const answer = await fetch(SIGN_IN).catch(() => undefined);
    if (answer?.ok) break;
    await new Promise(done => setTimeout(done, 200));
  }
  process.send?.({ ready: true });
  process.once('disconnect', () => process.exit(0));
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
