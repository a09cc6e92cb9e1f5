import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { CountedFleet, Place } from './countedFleet';

export type Operation = keyof typeof airflowEndpoints;
type Query = [key: string, value: string | number][];

/** As many as a grid asks for together where a task is mapped. */
export const RUNS_AT_ONCE = 5;

/** What pages ask for beside what the path names. */
const queries: Partial<Record<Operation, (place: Place) => Query>> = {
  getOverview: () => [['hours', 24]],
  listRuns: ({ cluster, dagId }) => [
    ['cluster', cluster],
    ['dagId', dagId],
    ['limit', 50],
  ],
  listDags: () => [['limit', 100]],
  listTaskCounts: ({ runIds }) => ofRuns(runIds.slice(0, 10)),
  listTaskSummaries: ({ runIds }) => ofRuns(runIds.slice(0, RUNS_AT_ONCE)),
  getTaskStatistics: () => [['days', 7]],
  getCalendar: () => [
    ['by', 'day'],
    ['from', '2025-11-24'],
    ['to', '2026-11-25'],
    ['zone', 'Europe/Berlin'],
  ],
  streamTaskLog: () => [['try', 1]],
  getTaskError: () => [['try', 1]],
  getXCom: () => [['key', 'return_value']],
  listMappedInstances: () => [['limit', 50]],
};

/** What a page does only as a dry run. */
const bodies: Partial<Record<Operation, object>> = {
  clearRun: { onlyFailed: true, dryRun: true },
};

function ofRuns(runIds: readonly string[]): Query {
  return runIds.map(runId => ['runId', runId]);
}

/** Other tasks than the one that the page is about. */
const otherTasks: Partial<Record<Operation, string>> = {
  // A task that failed leaves none.
  getXCom: 'notify',
  listMappedInstances: 'resize',
};

/** The endpoint of a name. */
export function operationOf(name: string): Operation {
  if (!isOperation(name)) throw new Error(`There is no endpoint ${name}`);
  return name;
}

function isOperation(name: string): name is Operation {
  return name in airflowEndpoints;
}

/** Asks one of the portal's endpoints as a page about a place does. */
export async function ask(
  fleet: CountedFleet,
  operation: Operation,
  place: Place,
): Promise<void> {
  const { path, method } = airflowEndpoints[operation];
  const params = new Map<string, string>([
    ['cluster', place.cluster],
    ['dagId', place.dagId],
    ['runId', place.runIds[0]],
    ['taskId', otherTasks[operation] ?? place.taskId],
    ['assetId', String(place.assetId)],
  ]);
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params.get(name) ?? 'none'),
  );
  const query = (queries[operation]?.(place) ?? []).map(
    ([key, value]) => `${key}=${encodeURIComponent(value)}`,
  );
  const address = `${filled}?${query.join('&')}`;
  const answer = await (method === 'GET'
    ? fleet.get(address)
    : fleet.post(address, bodies[operation] ?? {}));
  // There is no alert at the place, and an Airflow 2 has not everything.
  const isUnsupported = answer.body.code === 'unsupported';
  if (answer.status !== 200 && operation !== 'getAlert' && !isUnsupported) {
    throw new Error(`${operation}: ${answer.status} ${answer.text}`);
  }
}
