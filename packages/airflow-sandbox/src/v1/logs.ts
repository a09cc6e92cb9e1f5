import { LogEvent, logEvents, tracebackLines } from '../simulation/logs';
import { pipeLines } from '../api/stream';
import { graphOf } from '../simulation/graph';
import { findRun } from './find';
import { notFound, Problem, V1Context, V1Route } from './http';

const LEVELS: Record<LogEvent['level'], string> = {
  debug: 'DEBUG',
  info: 'INFO',
  warning: 'WARNING',
  error: 'ERROR',
};

/** An event as the task log formatter of Airflow 2 prints it. */
function* v1Lines(
  event: LogEvent,
  dagsFolder: string,
): IterableIterator<string> {
  const stamp = `${new Date(event.at).toISOString().slice(0, -1)}+0000`;
  const text = event.text.startsWith('::')
    ? event.text
    : `${LEVELS[event.level]} - ${event.text}`;
  yield event.text.startsWith('::')
    ? `[${stamp}] {${event.file}:${event.line}} INFO - ${text}`
    : `[${stamp}] {${event.file}:${event.line}} ${text}`;
  if (event.error) yield* tracebackLines(event.error, dagsFolder);
}

function* textOf(context: V1Context): IterableIterator<string> {
  const { simulation } = context.cluster;
  const run = findRun(context, () => notFound('TaskInstance not found'));
  const planned = graphOf(run.dag).byId.get(context.params.taskId);
  const mapIndex = context.query.integer('map_index') ?? -1;
  const task = planned && simulation.taskInstance(run, planned, mapIndex);
  if (!task) throw notFound('TaskInstance not found');
  const tryNumber = Number(context.params.tryNumber);
  const attempt = task.attempts.find(a => a.tryNumber === tryNumber);
  const { dagsFolder } = simulation.definition;
  const path = `dag_id=${run.dag.dagId}/run_id=${run.runId}/task_id=${
    context.params.taskId
  }${mapIndex < 0 ? '' : `/map_index=${mapIndex}`}/attempt=${tryNumber}.log`;
  if (!attempt) {
    yield '';
    yield `*** Log file not found: ${path}`;
    return;
  }
  yield 'worker-0';
  yield ' INFO - ::group::Log message source details';
  yield '*** Found local files:';
  yield `***   * /opt/airflow/logs/${path}`;
  yield ' INFO - ::endgroup::';
  for (const event of logEvents(simulation, run, task, attempt)) {
    yield* v1Lines(event, dagsFolder);
  }
}

/** A string as Python's `repr` writes it. */
function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/\n/g, '\\n')
    .split(quote)
    .join(`\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

async function getLog(context: V1Context) {
  const { request, response, query } = context;
  if (
    query.text('token') !== undefined &&
    !query.text('token')?.startsWith('eyJ')
  ) {
    throw new Problem(
      400,
      'Bad Signature. Please use only the tokens provided by the API.',
    );
  }
  query.flag('full_content');
  const lines = textOf(context);
  // Errors must surface before the first byte is sent.
  const first = lines.next();
  const type = request.accepts(['text/plain', 'application/json']);
  if (type === 'text/plain') {
    response.type('text/plain');
    await pipeLines(response, first, lines);
    return response;
  }
  const ended = query.text('token') !== undefined;
  const rest = ended ? [] : [...lines];
  const text = rest.join('\n');
  return {
    content: ended
      ? '[]'
      : `[(${pythonRepr(String(first.value))}, ${pythonRepr(text)})]`,
    continuation_token:
      'eyJkb3dubG9hZF9sb2dzIjpmYWxzZSwiZW5kX29mX2xvZyI6dHJ1ZX0.sandbox',
  };
}

export const logRoutes: V1Route[] = [
  {
    method: 'get',
    path: '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/logs/:tryNumber(\\d+)',
    query: ['full_content', 'map_index', 'token'],
    handle: getLog,
  },
];
