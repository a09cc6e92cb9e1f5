/** The task runner says that the task failed, mostly with the exception right after it. */
const verdict =
  /^Task failed with exception|^Task failed due to SystemExit|^Task exited exit_code=|^Failed to execute job |^Top level error/;

/** What goes wrong once a task has failed, or beside it, which is not why it failed. */
const aftermath =
  /^Failed to send (?:email|task failure)|^Error in callback|^Failed to run task callback|^(?:Failed|Error) (?:when|at|in|while) execut\w+ [\w ]*callback|^error calling listener|^Failed to upload remote logs|^Error scheduling downstream tasks|^Failed to push an xcom for task operator extra link|^Could not determine terminal state|^Retry policy evaluation failed/i;

/** Signals by their numbers. */
const signals: Readonly<Record<number, string>> = {
  6: 'SIGABRT',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
};

/** What a statement of a log tells of why its task failed. */
export type LineMeaning =
  | { kind: 'verdict' | 'aftermath' | 'other' }
  /** How the process died, in words. */
  | { kind: 'death' | 'exit'; words: string };

const deaths: readonly [RegExp, string][] = [
  [/killed before it finished \(likely due to running out/, killedBy(9)],
  [/^\**\s*Received SIGSEGV/, killedBy(11)],
  [
    /Detected zombie job|without a heartbeat|did not emit heartbeat within|^Heartbeat time limit exceeded|^Too many failed heartbeats/,
    'Lost: its worker gave no sign of life any more',
  ],
  [
    /State of this instance has been externally set to|shouldn't be running any ?more/,
    'Stopped: its state was set from outside while it ran',
  ],
  [
    /^Executor \S+ reported that the task instance .{1,300} finished (?:\(failed\)|with state failed)/,
    'Lost: its process ended without a word',
  ],
];

/** What a line, with which something new begins, tells. */
export function meaningOf(line: string): LineMeaning {
  if (verdict.test(line)) return { kind: 'verdict' };
  if (aftermath.test(line)) return { kind: 'aftermath' };
  const death = deaths.find(([pattern]) => pattern.test(line));
  if (death) return { kind: 'death', words: death[1] };
  return exitOf(line) ?? { kind: 'other' };
}

const exited =
  /^(?:Task exited with return code |Task failed with return code of |Process exited.{0,40} exit_code=|Process terminated by signal.{0,300} signal=)(?:<?Negsignal\.(SIG\w+)|(-?\d+))/;

function exitOf(line: string): LineMeaning | undefined {
  const found = exited.exec(line);
  // With 0 a task has done its work, with 100 it waits for a trigger.
  if (!found || ['0', '100'].includes(found[2])) return undefined;
  const signal = found[1] ?? signalOf(Number(found[2]));
  return signal
    ? { kind: 'death', words: killed(signal) }
    : { kind: 'exit', words: `Exited with return code ${found[2]}` };
}

/** A shell adds 128 to the number of the signal that ended its command; Python makes it negative. */
function signalOf(code: number): string | undefined {
  return signals[code < 0 ? -code : code - 128];
}

function killedBy(signal: number): string {
  return killed(signals[signal] ?? `signal ${signal}`);
}

function killed(signal: string): string {
  if (signal === 'SIGKILL') return 'Killed by SIGKILL, probably out of memory';
  if (signal === 'SIGSEGV') return 'Killed by SIGSEGV, a segmentation fault';
  return `Killed by ${signal}`;
}

/**
 * Why an exception that the task runner reports says nothing itself: a command or a pod `ended` badly, the DAG did
 * not `load`, or the task was `stopped`.
 */
export type Hollow = 'ended' | 'load' | 'stopped';

const hollow: readonly [RegExp, Hollow][] = [
  [
    /non-?zero exit (?:code|status)|exit(?:ed)?(?: with)?(?: return)? (?:code|status)|returned a failure|bash command failed|SystemExit|^Task exited|error code is|StatusCode/i,
    'ended',
  ],
  [/either it does not exist or it failed to parse/, 'load'],
  [/Task received SIGTERM/, 'stopped'],
];

export function hollowOf(exception: string): Hollow | undefined {
  return hollow.find(([pattern]) => pattern.test(exception))?.[1];
}

/** The death of a command or pod, out of what is told of how it ended. */
export function deathOf(line: string): string | undefined {
  if (/\bOOMKilled\b/.test(line)) return 'Its pod was killed, out of memory';
  const code =
    /(?:exit[ _](?:code|status)|return code|StatusCode)['"]?[:= ]{0,3}(-?\d{1,3})\b/i.exec(
      line,
    );
  const signal = code && signalOf(Number(code[1]));
  return signal ? `Its command was ${lowerFirst(killed(signal))}` : undefined;
}

function lowerFirst(text: string): string {
  return `${text[0].toLowerCase()}${text.slice(1)}`;
}

const trouble =
  /\b(?:error|exception|fail(?:ed|ure)?|fatal|denied|refused|not found|no such|cannot|could not|panic|killed|invalid)\b(?!\s*=)/i;
const noTrouble =
  /\b(?:no|0|without) (?:errors?|exceptions?|failures?)\b|^(?:Command exited|Running command|Pod |Deleting pod|Building pod)/i;

/** Whether a line of a command's output sounds like why it failed. */
export function soundsLikeTrouble(line: string): boolean {
  return trouble.test(line) && !noTrouble.test(line);
}
