import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import {
  findEnded,
  reviveEnded,
  startServices,
  stoppedServices,
  stopServices,
} from './services.mjs';
import { VERSIONS } from './versions.mjs';

let version;

/** An Airflow whose program is a script of one's own. */
beforeEach(async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'airflow-services-'));
  await mkdir(path.join(home, 'venv', 'bin'), { recursive: true });
  await mkdir(path.join(home, 'logs'));
  version = { ...VERSIONS[3], home, services: ['scheduler'] };
});

afterEach(async () => {
  await stopServices(version);
  await rm(version.home, { recursive: true, force: true });
});

function setProgram(lines) {
  return writeFile(
    path.join(version.home, 'venv', 'bin', 'airflow'),
    `#!/bin/sh\n${lines}\n`,
    { mode: 0o755 },
  );
}

async function until(condition) {
  while (!(await condition())) await new Promise(setImmediate);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a service that ended is started anew, once, and then named with its last words', async () => {
  await setProgram('echo "no such table"; exit 1');
  await startServices(version);
  const revived = new Set();
  await until(() => findEnded(version));
  await setProgram('echo "no such column"; exit 1');
  await reviveEnded(version, revived);
  await until(() => findEnded(version));
  await assert.rejects(
    () => reviveEnded(version, revived),
    (/** @type {Error} */ error) => {
      assert.match(error.message, /scheduler of Airflow 3\.3\.2 ended/);
      assert.match(error.message, /no such column/);
      return true;
    },
  );
});

test('stopping ends what a service has forked', async () => {
  const child = path.join(version.home, 'child');
  await setProgram(`sleep 600 & echo $! > ${child}; wait`);
  await startServices(version);
  const readChild = () => readFile(child, 'utf8').catch(() => '');
  await until(async () => (await readChild()).endsWith('\n'));
  const pid = Number(await readChild());
  assert.equal(isAlive(pid), true);

  await stopServices(version);
  await until(() => !isAlive(pid));
  assert.equal(await findEnded(version), undefined);
});

test('one service can be stopped and started while the others go on', async () => {
  version.services = ['scheduler', 'triggerer'];
  const pids = path.join(version.home, 'pids.json');
  const readPids = async () => JSON.parse(await readFile(pids, 'utf8'));
  await setProgram('echo airflow; sleep 600');
  await startServices(version);
  const before = await readPids();
  assert.deepEqual(await stoppedServices(version), []);

  await stopServices(version, ['scheduler']);
  assert.equal(isAlive(before.triggerer), true);
  assert.deepEqual(await stoppedServices(version), ['scheduler']);
  assert.equal(await findEnded(version), undefined);

  await startServices(version, await stoppedServices(version));
  const after = await readPids();
  assert.equal(after.triggerer, before.triggerer);
  assert.equal(isAlive(after.scheduler), true);
});

test('a program that got the pid of a service since is left alone', async () => {
  const other = spawn('sleep', ['600'], { detached: true });
  try {
    await writeFile(
      path.join(version.home, 'pids.json'),
      JSON.stringify({ scheduler: other.pid }),
    );
    await stopServices(version);
    assert.equal(isAlive(other.pid), true);
  } finally {
    other.kill('SIGKILL');
  }
});
