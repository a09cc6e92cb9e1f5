import { pageOf } from '../api/paging';
import { v2Time } from '../api/time';
import { xcomsOf } from '../api/xcom';
import { findRun, findTask, FoundTask } from './find';
import { notFound } from './errors';
import { V2Context, V2Route } from './route';

function xcomRows({ run, task }: FoundTask) {
  return xcomsOf(run, task).map(e => ({
    key: e.key,
    timestamp: v2Time(e.at),
    logical_date: v2Time(run.logicalDate),
    map_index: task.mapIndex,
    task_id: task.planned.task.taskId,
    dag_id: run.dag.dagId,
    run_id: run.runId,
    dag_display_name: run.dag.displayName,
    task_display_name:
      task.planned.task.displayName ?? task.planned.task.taskId,
    run_after: v2Time(run.runAfter),
    value: e.value,
  }));
}

function xcoms(context: V2Context) {
  const key = context.query.text('xcom_key');
  const run = findRun(context);
  const mapIndex = context.query.integer('map_index', -1);
  const rows = [...context.cluster.simulation.taskInstances(run)]
    .filter(
      t =>
        t.planned.task.taskId === context.params.taskId &&
        (mapIndex === undefined || t.mapIndex === mapIndex),
    )
    .flatMap(task => xcomRows({ run, task, planned: task.planned }));
  const listed = rows
    .filter(e => !key || e.key === key)
    .map(({ value: _value, ...rest }) => rest);
  return {
    xcom_entries: pageOf(context.query, listed),
    total_entries: listed.length,
  };
}

function xcom(context: V2Context) {
  const missing = () =>
    notFound(`XCom entry with key: \`${context.params.key}\` not found`);
  const mapIndex = context.query.integer('map_index', -1) ?? -1;
  const rows = (() => {
    try {
      return xcomRows(findTask(context, mapIndex));
    } catch {
      throw missing();
    }
  })();
  const found = rows.find(e => e.key === context.params.key);
  if (!found) throw missing();
  const asText = context.query.flag('stringify') ?? false;
  const isText = typeof found.value === 'string';
  return {
    ...found,
    value: asText && !isText ? JSON.stringify(found.value) : found.value,
  };
}

const XCOMS = '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/xcomEntries';

export const xcomRoutes: V2Route[] = [
  { method: 'get', path: XCOMS, handle: xcoms },
  { method: 'get', path: `${XCOMS}/:key(.+)`, handle: xcom },
];
