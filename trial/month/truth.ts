/** A run as its Airflow has it. */
export interface RunView {
  runId: string;
  state: 'queued' | 'running' | 'success' | 'failed';
  /** What it is for. */
  dueMs: number;
  queuedMs: number;
  startedMs: number | null;
  endedMs: number | null;
}

/** Something that is wrong with a DAG. */
export interface Wrong {
  rule: string;
  about: string;
  sinceMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const IN_A_ROW = 3;
const QUEUED_MS = 15 * MINUTE;
const USUAL_OF = { least: 5, most: 25 };

/** What is wrong with a DAG at a moment, by the plainest reading of docs/alerts.md and by nothing but its runs. */
export function wrongWith(
  dagId: string,
  runs: readonly RunView[],
  nowMs: number,
): Wrong[] {
  const newest = [...runs].sort(
    (a, b) => b.dueMs - a.dueMs || (a.runId < b.runId ? 1 : -1),
  );
  const ended = newest.filter(run => run.endedMs !== null);
  const wrong: Wrong[] = [];
  const tell = (rule: string, about: string, sinceMs: number) =>
    wrong.push({ rule, about, sinceMs });

  const inARow = failuresInARow(ended);
  const sinceMs = ended.at(0)?.endedMs ?? nowMs;
  if (inARow >= 1) tell('run-failed', dagId, sinceMs);
  if (inARow >= IN_A_ROW) tell('failures-in-a-row', dagId, sinceMs);

  const usualMs = usualDuration(ended);
  for (const { runId, state, startedMs } of newest) {
    if (state !== 'running' || startedMs === null) continue;
    const fromMs = startedMs + longest(usualMs);
    if (fromMs <= nowMs) tell('run-too-long', `${dagId} ${runId}`, fromMs);
  }
  const queued = newest
    .filter(({ state }) => state === 'queued')
    .map(({ queuedMs }) => queuedMs + QUEUED_MS)
    .filter(fromMs => fromMs <= nowMs);
  if (queued.length > 0) tell('run-stuck-queued', dagId, Math.min(...queued));
  return wrong;
}

/** Whether a newer run had succeeded before it failed. */
export function isOvertaken(run: RunView, runs: readonly RunView[]): boolean {
  const { state, dueMs, endedMs } = run;
  return (
    state === 'failed' &&
    runs.some(
      other =>
        other.state === 'success' &&
        other.dueMs > dueMs &&
        (other.endedMs ?? Infinity) <= (endedMs ?? 0),
    )
  );
}

function failuresInARow(newest: readonly RunView[]): number {
  const success = newest.findIndex(({ state }) => state === 'success');
  return success === -1 ? newest.length : success;
}

function usualDuration(newest: readonly RunView[]): number | undefined {
  const took = newest
    .filter(({ state }) => state === 'success')
    .slice(0, USUAL_OF.most)
    .map(({ startedMs, endedMs }) => (endedMs ?? 0) - (startedMs ?? 0))
    .sort((a, b) => a - b);
  if (took.length < USUAL_OF.least) return undefined;
  return took[Math.floor(took.length / 2)];
}

function longest(usualMs: number | undefined): number {
  if (usualMs === undefined) return 24 * HOUR;
  return Math.min(24 * HOUR, Math.max(3 * usualMs, usualMs + 15 * MINUTE));
}
