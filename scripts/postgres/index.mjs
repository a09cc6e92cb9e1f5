// A PostgreSQL of this repository's own, from an npm package: no system package, no
// Docker. It outlives the command that started it, kept by a process of its own.
import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ROOT } from '../portal/paths.mjs';
import { FriendlyError, step } from '../portal/report.mjs';
import { isStranger } from './pids.mjs';

const POSTGRES_PORT = 25432;
const FOLDER = path.join(ROOT, '.airflow', 'postgres');
const PID_FILE = path.join(FOLDER, 'keeper.pid');
const LOG_FILE = path.join(FOLDER, 'postgres.log');
const START_MS = 60_000;
const OTHERS_START_MS = 20_000;
const STOP_MS = 20_000;
/** So long the connections of a process that has ended may be seen. */
const LEAVE_MS = 3_000;
/** What those call themselves who look whether they are the last. */
const LEAVING = 'fleet-leaving';

/** How to connect to one of its databases. */
export function connectionString(database) {
  return `postgresql://postgres:postgres@127.0.0.1:${POSTGRES_PORT}/${database}`;
}

/**
 * Hands `use` the environment in which Backstage's test databases find it. Who is the
 * last of those that use it stops it.
 */
export async function withPostgres(use) {
  await up();
  // Tests connect now and then, and use it all the time.
  const presence = clientOf('postgres');
  await presence.connect();
  presence.on('error', () => {});
  try {
    return await use({
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
        connectionString('postgres'),
    });
  } finally {
    await presence.end();
    await downUnlessUsed();
  }
}

/** Starts it, unless it runs, and resolves with those of the databases that it had to create. */
export async function up(databases = []) {
  if (!(await isUp())) {
    await step('Starting PostgreSQL', start);
  }
  return asAdmin(async client => {
    const { rows } = await client.query('select datname from pg_database');
    const present = new Set(rows.map(row => row.datname));
    const missing = databases.filter(database => !present.has(database));
    for (const name of missing) {
      await client.query(`create database ${pg.escapeIdentifier(name)}`);
    }
    return missing;
  });
}

/** Deletes databases with all they hold, also while somebody is connected. */
export function drop(databases) {
  return asAdmin(async client => {
    for (const name of databases) {
      await client.query(
        `drop database if exists ${pg.escapeIdentifier(name)} with (force)`,
      );
    }
  });
}

/** The databases whose names begin so. */
export function namesOf(prefix) {
  return asAdmin(async client => {
    const { rows } = await client.query(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    );
    return rows.map(row => row.datname);
  });
}

function clientOf(database, more) {
  return new pg.Client({
    connectionString: connectionString(database),
    ...more,
  });
}

async function asAdmin(use, more) {
  const client = clientOf('postgres', more);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Ends it when nobody is connected any more; what it holds stays. */
export async function downUnlessUsed() {
  if (!(await isUp())) return;
  const deadline = Date.now() + LEAVE_MS;
  while (await isUsed()) {
    if (Date.now() > deadline) return;
    await sleep(200);
  }
  await down();
}

/** Whether anybody is connected, but for those who only ask this. */
async function isUsed() {
  const { rows } = await asAdmin(
    client =>
      client.query(
        `select 1 from pg_stat_activity
         where backend_type = 'client backend' and application_name <> $1
         limit 1`,
        [LEAVING],
      ),
    { application_name: LEAVING },
  );
  return rows.length > 0;
}

async function down() {
  const pid = await keeperPid();
  if (pid === undefined) return;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + STOP_MS;
  while (isAlive(pid)) {
    if (Date.now() > deadline) {
      process.kill(pid, 'SIGKILL');
      break;
    }
    await sleep(100);
  }
  await rm(PID_FILE, { force: true });
}

/** True when it answers. */
async function isUp() {
  const client = clientOf('postgres', { connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function start() {
  await mkdir(FOLDER, { recursive: true });
  const log = await open(LOG_FILE, 'a');
  const keeper = spawn(
    process.execPath,
    [
      path.join(import.meta.dirname, 'keeper.mjs'),
      FOLDER,
      String(POSTGRES_PORT),
    ],
    { cwd: ROOT, detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  let deadline = Date.now() + START_MS;
  keeper.on('exit', () => {
    // Another command may have begun to start it a moment earlier.
    deadline = Date.now() + OTHERS_START_MS;
  });
  keeper.unref();
  await log.close();
  while (!(await isUp())) {
    if (Date.now() > deadline) {
      const words = await readFile(LOG_FILE, 'utf8');
      throw new FriendlyError(
        `PostgreSQL did not start. Its last words:\n${words.slice(-1500)}`,
        `The whole log is in ${path.relative(ROOT, LOG_FILE)}.`,
      );
    }
    await sleep(200);
  }
}

async function keeperPid() {
  const text = await readFile(PID_FILE, 'utf8').catch(() => '');
  const pid = Number(text);
  if (!(pid > 0) || !isAlive(pid)) return undefined;
  return (await isStranger(pid, 'keeper.mjs')) ? undefined : pid;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
