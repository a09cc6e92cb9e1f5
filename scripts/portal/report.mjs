// Plain lines about what goes on, and how long it took.

/** A failure that the reader can do something about: no stack trace, but a hint. */
export class FriendlyError extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

/** Ends a command that failed: with what the reader can do, or, where nothing is known of it, with the error itself. */
export function failWith(error) {
  if (!(error instanceof FriendlyError)) throw error;
  process.stderr.write(`\n${error.message}\n${error.hint}\n`);
  process.exitCode = 1;
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

export function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Runs a step, says that it began, that it still goes on, and how long it took. */
export async function step(title, work) {
  const started = Date.now();
  say(`› ${title} …`);
  const stillBusy = setInterval(
    () => say(`  … ${title}: ${duration(Date.now() - started)} so far`),
    20_000,
  );
  try {
    const result = await work();
    say(`✓ ${title} (${duration(Date.now() - started)})`);
    return result;
  } finally {
    clearInterval(stillBusy);
  }
}
