import { ErrorDefinition } from '../fleet/types';
import { ClusterSimulation } from './cluster';
import { RunFacts } from './run';
import { Attempt } from './attempts';
import { TaskFacts } from './taskFacts';
import { mix } from './random';

/** One thing that a task wrote, before either version's dress. */
export interface LogEvent {
  at: number;
  level: 'debug' | 'info' | 'warning' | 'error';
  logger: string;
  file: string;
  line: number;
  text: string;
  error?: ErrorDefinition;
}

const NOISE = [
  'Fetched batch of 500 rows from source',
  'Transformed batch, 0 rows rejected',
  'Wrote batch to staging table',
  'Checkpoint stored',
];

/** The log of one try, line by line, so that no length costs memory. */
export function* logEvents(
  cluster: ClusterSimulation,
  run: RunFacts,
  task: TaskFacts,
  attempt: Attempt,
): IterableIterator<LogEvent> {
  const now = cluster.now();
  const finished = attempt.endAt <= now;
  const definition = task.planned.task;
  const lines = definition.logLines ?? 6;
  const end = Math.min(attempt.endAt, now);
  const span = Math.max(1, end - attempt.startAt);
  const name = `${run.dag.dagId}.${definition.taskId}`;
  const mapped = task.mapIndex >= 0 ? ` map_index=${task.mapIndex}` : '';
  const event = (
    share: number,
    level: LogEvent['level'],
    text: string,
    file = 'taskinstance.py',
    line = 3134,
  ): LogEvent => ({
    at: Math.floor(attempt.startAt + share * span),
    level,
    logger: file === 'tasks.py' ? 'task.stdout' : 'airflow.task',
    file,
    line,
    text,
  });
  yield event(0, 'info', '::group::Pre task execution logs');
  yield event(
    0,
    'info',
    `Starting attempt ${attempt.tryNumber} of ${definition.retries + 1}`,
    'taskinstance.py',
    2867,
  );
  yield event(
    0,
    'info',
    `Executing <Task(${definition.operator}): ${definition.taskId}> on ${run.runId}${mapped}`,
    'taskinstance.py',
    2890,
  );
  yield event(0, 'info', '::endgroup::');
  const total = lines;
  for (let i = 0; i < total; i++) {
    const noise = mix(cluster.seed, task.planned.hash, i);
    const share = (i + 1) / (total + 1);
    if (total >= 1000 && i % 1000 === 0) {
      yield event(share, 'info', `::group::Batch ${i / 1000}`, 'tasks.py', 40);
    }
    const level = levelOf(noise);
    const text = `${NOISE[noise % NOISE.length]} (${name} ${i + 1}/${total})`;
    yield event(share, level, text, 'tasks.py', 41 + (noise % 7));
    if (i % 1000 === 999) {
      yield event(share, 'info', '::endgroup::', 'tasks.py', 55);
    }
  }
  if (!finished) return;
  const words = `dag_id=${run.dag.dagId}, task_id=${definition.taskId}, run_id=${run.runId}`;
  if (attempt.outcome === 'failed') {
    // What failed is told before the group of what came after it, as both versions do.
    yield {
      ...event(
        1,
        'error',
        'Task failed with exception',
        'taskinstance.py',
        3336,
      ),
      error: attempt.error ?? run.dag.error,
    };
    const last = attempt.tryNumber > definition.retries;
    const outcome = last ? 'FAILED' : 'UP_FOR_RETRY';
    yield event(
      1,
      'info',
      `Marking task as ${outcome}. ${words}`,
      'taskinstance.py',
      1226,
    );
    yield event(1, 'info', '::group::Post task execution logs');
  } else {
    yield event(1, 'info', '::group::Post task execution logs');
    yield event(
      1,
      'info',
      `Marking task as SUCCESS. ${words}`,
      'taskinstance.py',
      352,
    );
  }
  yield event(1, 'info', '::endgroup::');
}

function levelOf(noise: number): LogEvent['level'] {
  const share = noise % 1000;
  if (share < 4) return 'error';
  if (share < 24) return 'warning';
  return share < 60 ? 'debug' : 'info';
}

/** Where a worker's files lie, as tracebacks show them. */
function framePath(dagsFolder: string, file: string): string {
  return file.startsWith('/') ? file : `${dagsFolder}/${file}`;
}

/** An exception chain as Python prints it, causes first. */
export function tracebackLines(
  error: ErrorDefinition,
  dagsFolder: string,
): string[] {
  const lines: string[] = [];
  if (error.cause) {
    lines.push(
      ...tracebackLines(error.cause, dagsFolder),
      '',
      'The above exception was the direct cause of the following exception:',
      '',
    );
  }
  lines.push('Traceback (most recent call last):');
  for (const frame of error.frames) {
    const path = framePath(dagsFolder, frame.file);
    lines.push(`  File "${path}", line ${frame.line}, in ${frame.name}`);
    lines.push(`    ${frame.code}`);
  }
  lines.push(`${error.type}: ${error.value}`);
  return lines;
}

/** An exception chain as Airflow 3 structures it, the outermost first. */
export function structuredError(
  error: ErrorDefinition,
  dagsFolder: string,
  isCause = false,
): object[] {
  const own = {
    exc_type: error.type.split('.').pop(),
    exc_value: error.value,
    exc_notes: [],
    syntax_error: null,
    is_cause: isCause,
    frames: error.frames.map(f => ({
      filename: framePath(dagsFolder, f.file),
      lineno: f.line,
      name: f.name,
    })),
    is_group: false,
    exceptions: [],
  };
  return error.cause
    ? [own, ...structuredError(error.cause, dagsFolder, true)]
    : [own];
}
