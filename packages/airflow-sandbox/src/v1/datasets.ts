import {
  assetEventsBehind,
  assetEventsFrom,
  assetsOf,
  concernsDags,
} from '../api/assets';
import { pageOf } from '../api/paging';
import { contains } from './dags';
import { findRun } from './find';
import { notFound, PAGE, V1Context, V1Route } from './http';
import { v1Dataset, v1DatasetEvent } from './serialize';

function datasets(context: V1Context) {
  const { query } = context;
  query.order(['id', 'uri', 'created_at', 'updated_at'], 'id');
  const pattern = query.text('uri_pattern');
  const ids = query.list('dag_ids');
  const all = assetsOf(context.cluster.simulation).filter(
    a =>
      (!pattern || contains(pattern)(a.uri)) && (!ids || concernsDags(a, ids)),
  );
  return {
    datasets: pageOf(query, all).map(v1Dataset),
    total_entries: all.length,
  };
}

function datasetEvents(context: V1Context) {
  const { query } = context;
  const { descending } = query.order(
    [
      'source_dag_id',
      'source_task_id',
      'source_run_id',
      'source_map_index',
      'timestamp',
    ],
    'timestamp',
  );
  const id = query.integer('dataset_id');
  const all = assetEventsFrom(context.cluster.simulation, query, id);
  if (descending) all.reverse();
  return {
    dataset_events: pageOf(query, all).map(v1DatasetEvent),
    total_entries: all.length,
  };
}

function dataset(context: V1Context) {
  const uri = context.params[0];
  const found = assetsOf(context.cluster.simulation).find(a => a.uri === uri);
  if (!found)
    throw notFound(
      'Dataset not found',
      `The Dataset with uri: \`${uri}\` was not found`,
    );
  return v1Dataset(found);
}

function upstreamEvents(context: V1Context) {
  const events = assetEventsBehind(
    context.cluster.simulation,
    findRun(context),
  );
  return {
    dataset_events: events.map(v1DatasetEvent),
    total_entries: events.length,
  };
}

export const datasetRoutes: V1Route[] = [
  {
    method: 'get',
    path: '/datasets',
    query: [...PAGE, 'order_by', 'uri_pattern', 'dag_ids'],
    handle: datasets,
  },
  {
    method: 'get',
    path: '/datasets/events',
    query: [
      ...PAGE,
      'order_by',
      'dataset_id',
      'source_dag_id',
      'source_task_id',
      'source_run_id',
      'source_map_index',
    ],
    handle: datasetEvents,
  },
  { method: 'get', path: '/datasets/*', handle: dataset },
  {
    method: 'get',
    path: '/dags/:dagId/dagRuns/:runId/upstreamDatasetEvents',
    handle: upstreamEvents,
  },
];
