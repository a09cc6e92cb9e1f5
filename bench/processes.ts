import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';

const running = new Set<ChildProcess>();

/** Starts a TypeScript file in a process of its own and answers with its first message. */
export async function start(
  file: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ message: unknown; process: ChildProcess }> {
  const child = fork(resolve(__dirname, file), args, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  running.add(child);
  let errors = '';
  child.stderr?.on('data', chunk => {
    errors = `${errors}${chunk}`.slice(-4000);
  });
  child.once('exit', (code, signal) => {
    if (!running.delete(child)) return;
    process.stderr.write(
      `${file} ended by itself, ${signal ?? `code ${code}`}:\n${errors}\n`,
    );
  });
  const message = await new Promise((done, failed) => {
    child.once('message', done);
    child.once('exit', code =>
      failed(new Error(`${file} ended with code ${code}: ${errors}`)),
    );
  });
  return { message, process: child };
}

/** Ends one process and waits until it is gone. */
export async function stop(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null) return;
  const gone = new Promise(done => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
