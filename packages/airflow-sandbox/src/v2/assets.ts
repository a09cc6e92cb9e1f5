import {
  assetEventsBehind,
  assetEventsFrom,
  assetEventsOf,
  assetsOf,
  concernsDags,
} from '../api/assets';
import { pageOf } from '../api/paging';
import { inRange } from '../simulation/range';
import { findRun } from './find';
import { notFound } from './errors';
import { V2Context, V2Route } from './route';
import { collection } from './paging';
import { v2Asset, v2AssetEvent } from './serialize/asset';

function assets(context: V2Context) {
  const { query, cluster } = context;
  const byName = query.pattern('name');
  const byUri = query.pattern('uri');
  const ids = query.list('dag_ids');
  const found = assetsOf(cluster.simulation).filter(
    a =>
      (!byName || byName(a.name)) &&
      (!byUri || byUri(a.uri)) &&
      (!ids || concernsDags(a, ids)),
  );
  const newest = new Map(
    assetEventsOf(cluster.simulation, found).map(e => [e.asset.id, e]),
  );
  const rows = found.map(a => v2Asset(cluster.simulation, a, newest.get(a.id)));
  return collection(context, 'assets', rows, [
    'id',
    'name',
    'uri',
    'created_at',
    'updated_at',
  ]);
}

function asset(context: V2Context) {
  const id = Number(context.params.id);
  const found = assetsOf(context.cluster.simulation).find(a => a.id === id);
  if (!found) throw notFound(`The Asset with ID: \`${id}\` was not found`);
  return v2Asset(context.cluster.simulation, found, undefined);
}

function assetEvents(context: V2Context) {
  const { query } = context;
  const id = query.integer('asset_id');
  const time = query.range('timestamp');
  const rows = assetEventsFrom(context.cluster.simulation, query, id)
    .filter(e => inRange(e.at, time))
    .map(v2AssetEvent);
  return collection(
    context,
    'asset_events',
    rows,
    [
      'source_task_id',
      'source_dag_id',
      'source_run_id',
      'source_map_index',
      'timestamp',
    ],
    'timestamp',
  );
}

function upstreamEvents(context: V2Context) {
  const events = assetEventsBehind(
    context.cluster.simulation,
    findRun(context),
  );
  return {
    asset_events: events.map(v2AssetEvent),
    total_entries: events.length,
  };
}

export const assetRoutes: V2Route[] = [
  { method: 'get', path: '/assets', handle: assets },
  { method: 'get', path: '/assets/events', handle: assetEvents },
  {
    method: 'get',
    path: '/assets/aliases',
    handle: c => ({ asset_aliases: pageOf(c.query, []), total_entries: 0 }),
  },
  { method: 'get', path: '/assets/:id(\\d+)', handle: asset },
  {
    method: 'get',
    path: '/dags/:dagId/dagRuns/:runId/upstreamAssetEvents',
    handle: upstreamEvents,
  },
];
