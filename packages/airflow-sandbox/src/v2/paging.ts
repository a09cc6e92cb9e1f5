import { pageOf } from '../api/paging';
import { V2Context } from './route';

/** Pages rows under a key, newest last unless asked otherwise. */
export function collection(
  context: V2Context,
  key: string,
  rows: object[],
  sorts: string[],
  fallback = 'id',
) {
  const { descending } = context.query.order(sorts, fallback);
  const all = descending ? [...rows].reverse() : rows;
  return { [key]: pageOf(context.query, all), total_entries: all.length };
}
