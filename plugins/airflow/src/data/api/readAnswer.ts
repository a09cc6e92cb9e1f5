import type { z } from 'zod';
import { AirflowApiError } from './AirflowApiError';

/** An answer as far as it can be read. */
export interface ReadAnswer<T> {
  data: T;
  /** Items of lists that were left out, since they are not as the contract says. */
  leftOut: number;
}

type Way = readonly PropertyKey[];

/**
 * Reads an answer by the contract. An odd item of a list costs itself alone.
 *
 * @throws AirflowApiError where what is odd belongs to no list
 */
export function readAnswer<R extends z.ZodType>(
  schema: R,
  answer: unknown,
): ReadAnswer<z.output<R>> {
  const whole = schema.safeParse(answer);
  if (whole.success) return { data: whole.data, leftOut: 0 };
  const odd = itemsOf(whole.error.issues.map(({ path }) => path));
  const rest = odd && schema.safeParse(without(answer, odd));
  if (odd && rest?.success) return { data: rest.data, leftOut: odd.size };
  throw new AirflowApiError(200, {
    code: 'invalid-response',
    message: 'The portal answered with something that this page cannot read',
    hint: 'Load the page again: it may be older than the portal. If it stays so, tell those who run the portal.',
  });
}

/** The outermost item of a list on the way to each issue; undefined where one is on no such way. */
function itemsOf(ways: readonly Way[]): Map<string, Way> | undefined {
  const items = new Map<string, Way>();
  for (const way of ways) {
    const at = way.findIndex(part => typeof part === 'number');
    if (at < 0) return undefined;
    const item = way.slice(0, at + 1);
    items.set(item.join('/'), item);
  }
  return items;
}

function without(answer: unknown, odd: Map<string, Way>): unknown {
  const copy = structuredClone(answer);
  // From the end, so that no place shifts.
  const last = (way: Way) => Number(way.at(-1));
  for (const way of [...odd.values()].sort((a, b) => last(b) - last(a))) {
    const list = way.slice(0, -1).reduce(memberOf, copy);
    if (Array.isArray(list)) list.splice(last(way), 1);
  }
  return copy;
}

function memberOf(value: unknown, name: PropertyKey): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, name)
    : undefined;
}
