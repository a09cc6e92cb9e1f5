import { pipeLines } from '../api/stream';
import { v2Time } from '../api/time';
import { LogEvent, logEvents, structuredError } from '../simulation/logs';
import { findTask } from './find';
import { invalid, ApiError, notFound } from './errors';
import { V2Context, V2Route } from './route';

/** What Airflow 3 calls the groups around a task. */
const GROUPS: Record<string, string> = {
  '::group::Pre task execution logs': '::group::Pre Execute',
  '::group::Post task execution logs': '::group::Post Execute',
};

/** An event as the structured log of Airflow 3 holds it. */
function message(event: LogEvent, dagsFolder: string): object {
  const plain = {
    timestamp: v2Time(event.at),
    event: GROUPS[event.text] ?? event.text,
  };
  if (event.text.startsWith('::')) return plain;
  return {
    ...plain,
    level: event.level,
    logger: event.logger,
    filename: event.file,
    lineno: event.line,
    ...(event.error
      ? { error_detail: structuredError(event.error, dagsFolder) }
      : {}),
  };
}

function* messages(context: V2Context): IterableIterator<object> {
  const { simulation } = context.cluster;
  const mapIndex = context.query.integer('map_index') ?? -1;
  const tryNumber = Number(context.params.tryNumber);
  const found = (() => {
    try {
      return findTask(context, mapIndex);
    } catch {
      throw notFound('TaskInstance not found');
    }
  })();
  const attempt = found.task.attempts.find(a => a.tryNumber === tryNumber);
  if (!attempt) throw notFound('TaskInstance not found');
  const mapped = mapIndex < 0 ? '' : `/map_index=${mapIndex}`;
  yield {
    event: '::group::Log message source details',
    sources: [
      `/opt/airflow/logs/dag_id=${found.run.dag.dagId}/run_id=${found.run.runId}/task_id=${context.params.taskId}${mapped}/attempt=${tryNumber}.log`,
    ],
  };
  yield { event: '::endgroup::' };
  const { dagsFolder } = simulation.definition;
  for (const event of logEvents(simulation, found.run, found.task, attempt)) {
    yield message(event, dagsFolder);
  }
}

function* asLines(items: Iterable<object>): IterableIterator<string> {
  for (const item of items) yield JSON.stringify(item);
}

async function getLog(context: V2Context) {
  const { request, response, query, params } = context;
  if (!/^\d+$/.test(params.tryNumber)) {
    throw invalid({
      type: 'int_parsing',
      loc: ['path', 'try_number'],
      msg: 'Input should be a valid integer, unable to parse string as an integer',
      input: params.tryNumber,
    });
  }
  const type = request.accepts(['application/json', 'application/x-ndjson']);
  if (!type) {
    throw new ApiError(
      406,
      'Only application/json or application/x-ndjson is supported',
    );
  }
  const token = query.text('token');
  if (token !== undefined && !token.startsWith('eyJ')) {
    throw new ApiError(
      400,
      'Bad Signature. Please use only the tokens provided by the API.',
    );
  }
  if (type === 'application/x-ndjson') {
    const lines = asLines(messages(context));
    // Errors must surface before the first byte is sent.
    const first = lines.next();
    response.setHeader('Content-Type', 'application/x-ndjson');
    await pipeLines(response, first, lines);
    return response;
  }
  return {
    content: token === undefined ? [...messages(context)] : [],
    continuation_token: null,
  };
}

export const logRoutes: V2Route[] = [
  {
    method: 'get',
    path: '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/logs/:tryNumber',
    handle: getLog,
  },
];
