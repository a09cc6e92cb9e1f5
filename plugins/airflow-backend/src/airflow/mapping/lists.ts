import { z } from 'zod';
import { inWords, wantedOf, withWanted, type Received } from '../http';
import { LongWork } from '../../eventLoop';
import { storable } from './fields';

const total = z.object({
  total_entries: z.number().int().nonnegative().nullish().catch(null),
});
const envelope = total.loose();

/** No page of a list has more, nor are as many tasks declared in one DAG. */
const MOST_LISTED = 20_000;
/** No action touches more; what it touches comes without pages. */
const MOST_TOUCHED = 100_000;
/** So many rows that cannot be read are told. */
const MOST_NAMED = 100;

/** What names rows of the lists that there are, from wide to narrow. */
const names = [
  'dag_id',
  'dag_run_id',
  'task_id',
  'key',
  'filename',
  'package_name',
  'uri',
  'name',
  'id',
  'import_error_id',
  'event_log_id',
];

/**
 * A list of either version: rows under a name of their own, and how many there are in all. A row that cannot be read
 * is left out and told. Where none can be, it is the answer that is not as expected.
 */
export function listOf<T extends z.ZodType, N extends string>(
  name: N,
  row: T,
): z.ZodType<Received<z.output<T>>> {
  const schema = envelope.transform(async (body, context) => {
    const rows = rowsIn(body, name, context);
    if (!rows) return z.NEVER;
    const { items, odd } = await readRows(name, row, rows);
    if (items.length === 0 && odd.length > 0 && !isOneOddRow(rows)) {
      return refused(row.safeParse(rows[0], inWords), [name, 0], context);
    }
    return { items, odd, total: body.total_entries ?? undefined };
  });
  return readingRows(schema, name, row, MOST_LISTED);
}

/** How many rows there are in all, whatever of them is listed. */
export const totalOnly = total.transform(
  ({ total_entries: entries }) => entries ?? undefined,
);

/** As {@link listOf}, where a row that is left out would lead to a wrong action: every one of them must be as expected. */
export function everyOneOf<T extends z.ZodType, N extends string>(
  name: N,
  row: T,
): z.ZodType<Received<z.output<T>>> {
  const schema = envelope.transform(async (body, context) => {
    const rows = rowsIn(body, name, context);
    if (!rows) return z.NEVER;
    const { items, odd, firstOdd } = await readRows(name, row, rows);
    if (odd.length > 0) {
      return refused(
        row.safeParse(rows[firstOdd], inWords),
        [name, firstOdd],
        context,
      );
    }
    return { items, odd, total: body.total_entries ?? undefined };
  });
  return readingRows(schema, name, row, MOST_TOUCHED);
}

/** Has nothing made of an answer but its rows, with what the schema of a row reads of them and what names them. */
function readingRows<T extends z.ZodType>(
  schema: T,
  name: string,
  row: z.ZodType,
  mostItems: number,
): T {
  const { members } = wantedOf(row);
  const items = members && {
    members: new Map([...names.map(of => [of, {}] as const), ...members]),
  };
  return withWanted(schema, {
    members: new Map([
      ['total_entries', {}],
      [name, { items: items ?? {}, mostItems }],
    ]),
  });
}

function rowsIn(
  body: z.output<typeof envelope>,
  name: string,
  context: z.RefinementCtx,
): unknown[] | undefined {
  const rows = body[name];
  if (Array.isArray(rows)) return rows;
  const message = rows === undefined ? 'missing' : 'not a list';
  context.addIssue({ code: 'custom', path: [name], message });
  return undefined;
}

/** Reads row by row, while others have their turns. */
async function readRows<T extends z.ZodType>(
  name: string,
  row: T,
  rows: readonly unknown[],
): Promise<{ items: z.output<T>[]; odd: string[]; firstOdd: number }> {
  const work = new LongWork();
  const items: z.output<T>[] = [];
  const odd: string[] = [];
  let firstOdd = -1;
  for (const [at, raw] of rows.entries()) {
    await work.breathe();
    const read = row.safeParse(raw, inWords);
    if (read.success) items.push(read.data);
    else {
      if (odd.length === 0) firstOdd = at;
      const which = odd.length < MOST_NAMED ? nameOf(raw) : undefined;
      odd.push(`${which ?? `${name}.${at}`}: ${why(read.error)}`);
    }
  }
  return { items, odd, firstOdd };
}

/** Says of the answer what is wrong first. */
function refused(
  { error }: { error?: z.ZodError },
  within: (string | number)[],
  context: z.RefinementCtx,
): never {
  for (const { path, message } of error?.issues.slice(0, 1) ?? []) {
    context.addIssue({ code: 'custom', path: [...within, ...path], message });
  }
  return z.NEVER;
}

function why({ issues: [{ path, message }] }: z.ZodError): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}

/** A row alone that can be named is what is odd, and not the answer: what changed last may be that row and no other. */
function isOneOddRow(rows: readonly unknown[]): boolean {
  return rows.length === 1 && nameOf(rows[0]) !== undefined;
}

const LONGEST_NAME = 100;

/** A row's name for a person; undefined where it tells none. */
function nameOf(raw: unknown): string | undefined {
  const row = z.record(z.string(), z.unknown()).safeParse(raw);
  if (!row.success) return undefined;
  const parts = names.flatMap(name => {
    const value = row.data[name];
    return (typeof value === 'string' && value !== '') ||
      typeof value === 'number'
      ? [storable(String(value)).slice(0, LONGEST_NAME)]
      : [];
  });
  return parts.length > 0 ? parts.join(' ') : undefined;
}
