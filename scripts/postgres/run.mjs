// Runs a program beside PostgreSQL, named as Backstage's test databases look for it:
// node scripts/postgres/run.mjs PROGRAM [ARGUMENTS].
import { runToEnd } from '../portal/processes.mjs';
import { connectionString, down, isUp, up } from './index.mjs';

const wasUp = await isUp();
await up();
const [program, ...args] = process.argv.slice(2);
try {
  process.exitCode = await runToEnd(program, args, {
    env: {
      ...process.env,
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
        connectionString('postgres'),
    },
  });
} finally {
  if (!wasUp) await down();
}
