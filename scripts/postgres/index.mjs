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
const STOP_MS = 20_000;

/** How to connect to one of its databases. */
export function connectionString(database) {
  return `postgresql://postgres:postgres@127.0.0.1:${POSTGRES_PORT}/${database}`;
}

/**
 * Hands `use` the environment in which Backstage's test databases find it. Stops it
 * afterwards, unless it ran before.
 */
export async function withPostgres(use) {
  const wasUp = await isUp();
  await up();
  try {
    return await use({
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
        connectionString('postgres'),
    });
  } finally {
    if (!wasUp) await down();
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

async function asAdmin(use) {
  const client = new pg.Client({
    connectionString: connectionString('postgres'),
  });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Ends it; what it holds stays. */
export async function down() {
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
  const client = new pg.Client({
    connectionString: connectionString('postgres'),
    connectionTimeoutMillis: 2_000,
  });
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
  let hasEnded = false;
  keeper.on('exit', () => {
    hasEnded = true;
  });
  keeper.unref();
  await log.close();
  const deadline = Date.now() + START_MS;
  while (!(await isUp())) {
    if (hasEnded || Date.now() > deadline) {
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
