import { dagWarningsOf } from '../api/dagWarnings';
import { v2Time } from '../api/time';
import { invalid } from './errors';
import { V2Context, V2Route } from './route';
import { collection } from './paging';

const TYPES = ['asset conflict', 'non-existent pool', 'runtime varying value'];

function dagWarnings(context: V2Context) {
  const { simulation } = context.cluster;
  const dagId = context.query.text('dag_id');
  const type = context.query.text('warning_type');
  if (type !== undefined && !TYPES.includes(type)) {
    throw invalid({
      type: 'enum',
      loc: ['query', 'warning_type'],
      msg: `Input should be ${TYPES.map(t => `'${t}'`).join(' or ')}`,
      input: type,
    });
  }
  const rows = dagWarningsOf(simulation, dagId, type).map(w => ({
    dag_id: w.dagId,
    warning_type: w.warningType,
    message: w.message,
    timestamp: v2Time(w.timestamp),
    ...(simulation.isAtLeast('3.1')
      ? {
          dag_display_name:
            simulation.dagBag.get(w.dagId)?.displayName ?? w.dagId,
        }
      : {}),
  }));
  return collection(
    context,
    'dag_warnings',
    rows,
    ['dag_id', 'warning_type', 'message', 'timestamp'],
    'dag_id',
  );
}

export const dagWarningRoutes: V2Route[] = [
  { method: 'get', path: '/dagWarnings', handle: dagWarnings },
];
