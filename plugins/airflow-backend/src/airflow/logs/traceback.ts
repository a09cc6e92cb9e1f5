import { z } from 'zod';

const text = z.string().nullish().catch(null);

/** Odd parts are left out one by one, so that the rest can be printed. */
const frame = z.object({
  filename: text,
  lineno: z.union([z.number(), z.string()]).nullish().catch(null),
  name: text,
  line: text,
});

function list<Item extends z.ZodType>(item: Item) {
  return z
    .array(item.nullable().catch(null))
    .nullish()
    .catch(null)
    .transform(items => (items ?? []).filter(part => part !== null));
}

const raised = z.object({
  exc_type: text,
  exc_value: z.unknown(),
  exc_notes: list(z.string()),
  frames: list(frame),
  is_cause: z.boolean().nullish().catch(null),
});

type Raised = z.output<typeof raised> & { exceptions: Raised[][] };

/** Groups hold groups; deeper than this nobody reads. */
const DEEPEST = 10;

/** Exceptions as structlog writes them; each of a group with what led to it. */
function chainOf(raw: unknown, depth: number): Raised[] {
  if (!Array.isArray(raw) || depth > DEEPEST) return [];
  return raw.flatMap(item => {
    const read = raised.safeParse(item);
    if (!read.success) return [];
    const inner: unknown = item.exceptions;
    const exceptions = Array.isArray(inner)
      ? inner.map(chain => chainOf(chain, depth + 1))
      : [];
    return {
      ...read.data,
      exceptions: exceptions.filter(({ length }) => length),
    };
  });
}

const asCause =
  'The above exception was the direct cause of the following exception:';
const meanwhile =
  'During handling of the above exception, another exception occurred:';

/**
 * Prints `error_detail` of an event as Python does, what was raised first first. In it what was raised last comes
 * first, and each of the others led to the one before it, as structlog's `ExceptionDictTransformer` writes it. Some
 * write the text itself.
 */
export function tracebackLines(detail: unknown): string[] {
  if (typeof detail === 'string') return detail.split('\n');
  return printed(chainOf(detail, 0));
}

function printed(chain: readonly Raised[]): string[] {
  return chain.toReversed().flatMap((exception, i, inTime) => {
    const before = inTime[i - 1];
    if (!before) return oneTraceback(exception);
    const link = before.is_cause ? asCause : meanwhile;
    return ['', link, '', ...oneTraceback(exception)];
  });
}

function oneTraceback(exception: Raised): string[] {
  const { exc_value: value, frames, exc_notes: notes } = exception;
  const type = exception.exc_type ?? 'Exception';
  return [
    ...(frames.length > 0 ? ['Traceback (most recent call last):'] : []),
    ...frames.flatMap(({ filename, lineno, name, line }) => [
      `  File "${filename ?? '?'}"${
        lineno === null || lineno === undefined ? '' : `, line ${lineno}`
      }, in ${name ?? '?'}`,
      ...(line ? [`    ${line.trim()}`] : []),
    ]),
    ...(isNothing(value) ? type : `${type}: ${textOf(value)}`).split('\n'),
    ...notes.flatMap(note => note.split('\n')),
    ...exception.exceptions.flatMap((inner, i) => [
      `  +---------------- ${i + 1} ----------------`,
      ...printed(inner).map(text_ => `  | ${text_}`),
    ]),
  ];
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
