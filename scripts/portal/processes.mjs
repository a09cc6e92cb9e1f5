import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from './paths.mjs';
import { FriendlyError } from './report.mjs';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const GRACE_MS = 8_000;

/**
 * Runs a program in the foreground and resolves with its exit code. A stop signal
 * is passed on, and the program gets the time that it needs to end its own children.
 */
export function runToEnd(
  program,
  args,
  { env = process.env, cwd = ROOT } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
    const passOn = signal => {
      // Ctrl-C reaches the whole foreground group already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    STOP_SIGNALS.forEach(signal => process.on(signal, passOn));
    child.on('error', error =>
      reject(
        new FriendlyError(
          `Could not run ${program}: ${error.message}.`,
          'Is the name right? Programs of the repository are looked up in node_modules/.bin.',
        ),
      ),
    );
    child.on('close', (code, signal) => {
      STOP_SIGNALS.forEach(name => process.off(name, passOn));
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/** Hands on the output of both streams, line by line and without colours. */
function readLines(child, onLine) {
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line =>
      onLine(stripVTControlCharacters(line)),
    );
  }
}

/**
 * Runs a program, hands its output line by line to `onLine`, resolves with code and output.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(
  program,
  args,
  { env = process.env, cwd = ROOT, onLine } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    readLines(child, line => {
      output += `${line}\n`;
      onLine?.(line);
    });
    child.on('error', reject);
    child.on('close', code => resolve({ code: code ?? 1, output }));
  });
}

const MOST_LINES_TOLD = 25;

/** Runs a program whose output is told only when it fails, with a hint of what to do. */
export async function must(program, args, { hint, ...options }) {
  const { code, output } = await capture(program, args, options);
  if (code === 0) return;
  const told = output.trim().split('\n').slice(-MOST_LINES_TOLD).join('\n');
  throw new FriendlyError(
    `${[program, ...args].join(' ')} ended with ${code}:\n${told}`,
    hint,
  );
}

/**
 * Long-running children, each in a process group of its own, so that ending one ends
 * everything that it started. Stops all on a signal, and when this process ends.
 */
export class ProcessGroup {
  #children = new Map();
  #stopping = false;

  constructor() {
    for (const signal of STOP_SIGNALS) {
      process.on(signal, async () => {
        if (this.#stopping) return;
        process.stdout.write('\nStopping …\n');
        await this.stop();
        process.exit(128 + constants.signals[signal]);
      });
    }
    process.on('exit', () => this.#signalAll('SIGKILL'));
  }

  get stopping() {
    return this.#stopping;
  }

  /**
   * Starts a child; `onLine` gets each line of output, `onExit` its end unless we stopped it.
   *
   * @param {string} name
   * @param {string} program
   * @param {readonly string[]} args
   * @param {{
   *   env?: NodeJS.ProcessEnv,
   *   cwd?: string,
   *   onLine: (line: string) => void,
   *   onExit?: (code: number | null) => void,
   * }} options
   */
  start(
    name,
    program,
    args,
    { env = process.env, cwd = ROOT, onLine, onExit },
  ) {
    const child = spawn(program, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = new Promise(resolve => child.on('close', resolve));
    this.#children.set(name, { child, closed });
    readLines(child, onLine);
    child.on('error', error => onLine(`could not start: ${error.message}`));
    child.on('close', code => {
      if (!this.#stopping) onExit?.(code);
    });
  }

  async stop() {
    this.#stopping = true;
    this.#signalAll('SIGTERM');
    const all = Promise.all([...this.#children.values()].map(c => c.closed));
    let timer;
    const patience = new Promise(resolve => {
      timer = setTimeout(resolve, GRACE_MS);
    });
    await Promise.race([all, patience]);
    clearTimeout(timer);
    this.#signalAll('SIGKILL');
  }

  #signalAll(signal) {
    for (const { child } of this.#children.values()) {
      if (child.pid === undefined) continue;
      try {
        process.kill(-child.pid, signal);
      } catch {
        // The group has ended already.
      }
    }
  }
}
