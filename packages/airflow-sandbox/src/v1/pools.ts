import { pageOf } from '../api/paging';
import { poolsOf } from '../api/pools';
import { notFound, PAGE, V1Context, V1Route } from './http';

function pools(context: V1Context) {
  const { descending } = context.query.order(['name', 'slots', 'id'], 'id');
  const all = poolsOf(context.cluster.simulation);
  if (descending) all.reverse();
  return { pools: pageOf(context.query, all), total_entries: all.length };
}

function pool(context: V1Context) {
  const found = poolsOf(context.cluster.simulation).find(
    p => p.name === context.params.poolName,
  );
  if (!found)
    throw notFound(
      'Not Found',
      `Pool with name:'${context.params.poolName}' not found`,
    );
  return found;
}

export const poolRoutes: V1Route[] = [
  {
    method: 'get',
    path: '/pools',
    query: [...PAGE, 'order_by'],
    handle: pools,
  },
  { method: 'get', path: '/pools/:poolName', handle: pool },
];
