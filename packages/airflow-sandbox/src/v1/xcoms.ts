import { pageOf } from '../api/paging';
import { v1Time } from '../api/time';
import { pythonJson, xcomsOf } from '../api/xcom';
import { graphOf } from '../simulation/graph';
import { findRun } from './find';
import { notFound, PAGE, V1Context, V1Route } from './http';

function xcomRows(context: V1Context) {
  const run = findRun(context, () => notFound('XCom entry not found'));
  const planned = graphOf(run.dag).byId.get(context.params.taskId);
  const mapIndex = context.query.integer('map_index');
  const { simulation } = context.cluster;
  const tasks = planned ? [...simulation.tasksOf(run, planned)] : [];
  return tasks
    .filter(task => mapIndex === undefined || task.mapIndex === mapIndex)
    .flatMap(task =>
      xcomsOf(run, task).map(e => ({
        dag_id: run.dag.dagId,
        execution_date: v1Time(run.logicalDate ?? run.runAfter),
        key: e.key,
        map_index: task.mapIndex,
        task_id: context.params.taskId,
        timestamp: v1Time(e.at),
        value: e.value,
      })),
    );
}

function xcoms(context: V1Context) {
  const key = context.query.text('xcom_key');
  const all = xcomRows(context)
    .filter(e => !key || e.key === key)
    .map(({ value: _value, ...rest }) => rest);
  return {
    xcom_entries: pageOf(context.query, all),
    total_entries: all.length,
  };
}

function xcom(context: V1Context) {
  const found = xcomRows(context).find(e => e.key === context.params.key);
  if (!found) throw notFound('XCom entry not found');
  const asText = context.query.flag('stringify') ?? true;
  const value = asText ? pythonText(found.value) : found.value;
  return context.response.type('json').send(pythonJson({ ...found, value }));
}

function pythonText(value: unknown): string {
  if (typeof value === 'string') return value;
  return pythonJson(value)
    .replace(/"/g, "'")
    .replace(/([:,])(?=\S)/g, '$1 ')
    .replace(/\bnull\b/g, 'None')
    .replace(/\bNaN\b/g, 'nan')
    .replace(/\btrue\b/g, 'True')
    .replace(/\bfalse\b/g, 'False');
}

const XCOMS = '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/xcomEntries';

export const xcomRoutes: V1Route[] = [
  {
    method: 'get',
    path: XCOMS,
    query: [...PAGE, 'map_index', 'xcom_key'],
    handle: xcoms,
  },
  {
    method: 'get',
    path: `${XCOMS}/:key(.+)`,
    query: ['map_index', 'deserialize', 'stringify'],
    handle: xcom,
  },
];
