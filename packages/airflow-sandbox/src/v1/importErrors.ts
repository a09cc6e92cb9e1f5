import { importErrorsOf } from '../api/importErrors';
import { pageOf } from '../api/paging';
import { v1Time } from '../api/time';
import { notFound, PAGE, V1Context, V1Route } from './http';

function importErrorRows({ cluster: { simulation } }: V1Context) {
  const { dagsFolder } = simulation.definition;
  return importErrorsOf(simulation).map(e => ({
    filename: `${dagsFolder}/${e.relativeFile}`,
    import_error_id: e.id,
    stack_trace: e.stackTrace,
    timestamp: v1Time(e.timestamp),
  }));
}

function importErrors(context: V1Context) {
  const order = context.query.order(
    ['import_error_id', 'timestamp', 'filename'],
    'import_error_id',
  );
  const all = importErrorRows(context);
  if (order.descending) all.reverse();
  return {
    import_errors: pageOf(context.query, all),
    total_entries: all.length,
  };
}

function importError(context: V1Context) {
  const { id } = context.params;
  const found = importErrorRows(context).find(
    e => String(e.import_error_id) === id,
  );
  if (!found) {
    throw notFound(
      'Import error not found',
      `The ImportError with import_error_id: \`${id}\` was not found`,
    );
  }
  return found;
}

export const importErrorRoutes: V1Route[] = [
  {
    method: 'get',
    path: '/importErrors',
    query: [...PAGE, 'order_by'],
    handle: importErrors,
  },
  { method: 'get', path: '/importErrors/:id(\\d+)', handle: importError },
];
