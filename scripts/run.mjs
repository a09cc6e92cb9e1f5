#!/usr/bin/env node
// The door of every command of this repository: `node scripts/run.mjs <command>`.
// It needs Node 20 with npm and nothing else, so it uses no package: it fetches the
// right Node and Yarn when they are missing, installs the dependencies when they
// changed, and runs the command with both.
import { ensureInstalled } from './portal/install.mjs';
import { runToEnd } from './portal/processes.mjs';
import { ensureToolchain } from './portal/toolchain.mjs';
import { FriendlyError, failWith } from './portal/report.mjs';

const COMMANDS = {
  start: 'scripts/start.mjs',
  test: 'scripts/test.mjs',
  postgres: 'scripts/postgres.mjs',
  contract: 'scripts/contract.mjs',
  e2e: 'scripts/e2e.mjs',
  airflow: 'scripts/airflow/cli.mjs',
  chromium: 'scripts/chromium.mjs',
  size: 'scripts/size.mjs',
  screenshots: 'scripts/screenshots.mjs',
  bench: 'scripts/bench.mjs',
  kill9: 'scripts/kill9.mjs',
  compare: 'scripts/compare.mjs',
  trouble: 'scripts/trouble.mjs',
  month: 'scripts/month.mjs',
  fuzz: 'scripts/fuzz.mjs',
  mutants: 'scripts/mutants.mjs',
  stranger: 'scripts/stranger.mjs',
  packages: 'scripts/packages.mjs',
  dynamic: 'scripts/dynamic.mjs',
  release: 'scripts/release.mjs',
};

// Yarn's own commands that write the lockfile; an install from it comes after them.
const CHANGES_DEPENDENCIES = ['install', 'add', 'remove', 'up', 'dedupe'];

async function main(command, args) {
  if (!(command in COMMANDS) && command !== 'exec') {
    throw new FriendlyError(
      `Unknown command "${command ?? ''}".`,
      `Known are: ${Object.keys(COMMANDS).join(
        ', ',
      )}, and "exec <program> [arguments]".`,
    );
  }
  const toolchain = await ensureToolchain();
  const [program, verb] = args;
  if (program !== 'yarn' || !CHANGES_DEPENDENCIES.includes(verb)) {
    await ensureInstalled(toolchain);
  }
  return command === 'exec'
    ? runToEnd(args[0], args.slice(1), { env: toolchain.env })
    : runToEnd(toolchain.node, [COMMANDS[command], ...args], {
        env: toolchain.env,
      });
}

try {
  const [command, ...args] = process.argv.slice(2);
  process.exitCode = await main(command, args);
} catch (error) {
  failWith(error);
}
