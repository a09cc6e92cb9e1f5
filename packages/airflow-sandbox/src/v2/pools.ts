import { poolsOf } from '../api/pools';
import { notFound } from './errors';
import { V2Context, V2Route } from './route';
import { collection } from './paging';

function poolRows({ cluster: { simulation } }: V2Context) {
  return poolsOf(simulation).map(p => ({
    ...p,
    ...(simulation.isAtLeast('3.2') ? { team_name: null } : {}),
  }));
}

function pools(context: V2Context) {
  const matches = context.query.pattern('pool_name');
  const rows = poolRows(context).filter(p => !matches || matches(p.name));
  return collection(context, 'pools', rows, ['id', 'pool', 'name']);
}

function pool(context: V2Context) {
  const found = poolRows(context).find(p => p.name === context.params.poolName);
  if (!found)
    throw notFound(
      `The Pool with name: \`${context.params.poolName}\` was not found`,
    );
  return found;
}

export const poolRoutes: V2Route[] = [
  { method: 'get', path: '/pools', handle: pools },
  { method: 'get', path: '/pools/:poolName', handle: pool },
];
