import { z } from 'zod';

const frame = z.object({
  filename: z.string(),
  lineno: z.number(),
  name: z.string(),
  line: z.string().nullish(),
});

const raised = z.object({
  exc_type: z.string(),
  exc_value: z.string().nullish(),
  exc_notes: z.array(z.string()).nullish(),
  frames: z.array(frame).nullish(),
  is_cause: z.boolean().nullish(),
  /** Of a group, each with what led to it. */
  get exceptions() {
    return z.array(z.array(raised)).nullish();
  },
});

type Raised = z.output<typeof raised>;

/**
 * `error_detail` of an event: what was raised last comes first, and each of the others led to the one before it, as
 * structlog's `ExceptionDictTransformer` writes it.
 */
export const errorDetail = z.array(raised);

const asCause =
  'The above exception was the direct cause of the following exception:';
const meanwhile =
  'During handling of the above exception, another exception occurred:';

/** Prints exceptions as Python does: what was raised first comes first. */
export function tracebackLines(chain: readonly Raised[]): string[] {
  return chain.toReversed().flatMap((exception, i, inTime) => {
    const before = inTime[i - 1];
    if (!before) return oneTraceback(exception);
    const link = before.is_cause ? asCause : meanwhile;
    return ['', link, '', ...oneTraceback(exception)];
  });
}

function oneTraceback(exception: Raised): string[] {
  const { exc_type: type, exc_value: value, frames, exc_notes } = exception;
  return [
    ...(frames?.length ? ['Traceback (most recent call last):'] : []),
    ...(frames ?? []).flatMap(({ filename, lineno, name, line }) => [
      `  File "${filename}", line ${lineno}, in ${name}`,
      ...(line ? [`    ${line.trim()}`] : []),
    ]),
    ...(value ? `${type}: ${value}` : type).split('\n'),
    ...(exc_notes ?? []),
    ...(exception.exceptions ?? []).flatMap((inner, i) => [
      `  +---------------- ${i + 1} ----------------`,
      ...tracebackLines(inner).map(text => `  | ${text}`),
    ]),
  ];
}
