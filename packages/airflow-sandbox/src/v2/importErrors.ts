import { importErrorsOf } from '../api/importErrors';
import { v2Time } from '../api/time';
import { notFound } from './errors';
import { V2Context, V2Route } from './route';
import { collection } from './paging';

function importErrorRows({ cluster: { simulation } }: V2Context) {
  return importErrorsOf(simulation).map(e => ({
    import_error_id: e.id,
    timestamp: v2Time(e.timestamp),
    filename: e.relativeFile,
    bundle_name: 'dags-folder',
    stack_trace: e.stackTrace,
  }));
}

function importErrors(context: V2Context) {
  const matches = context.cluster.simulation.isAtLeast('3.1')
    ? context.query.pattern('filename')
    : undefined;
  const filename = context.query.since('3.3', 'filename');
  const bundle = context.query.since('3.3', 'bundle_name');
  const rows = importErrorRows(context).filter(
    e =>
      (!matches || matches(e.filename)) &&
      (!filename || e.filename === filename) &&
      (!bundle || e.bundle_name === bundle),
  );
  return collection(context, 'import_errors', rows, [
    'id',
    'timestamp',
    'filename',
    'bundle_name',
    'stacktrace',
    'import_error_id',
  ]);
}

function importError(context: V2Context) {
  const { id } = context.params;
  const found = importErrorRows(context).find(
    e => String(e.import_error_id) === id,
  );
  if (!found)
    throw notFound(
      `The ImportError with import_error_id: \`${id}\` was not found`,
    );
  return found;
}

export const importErrorRoutes: V2Route[] = [
  { method: 'get', path: '/importErrors', handle: importErrors },
  { method: 'get', path: '/importErrors/:id(\\d+)', handle: importError },
];
