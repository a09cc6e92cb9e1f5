import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { Duration } from 'luxon';
import { z } from 'zod';

/** No two of a list may share a name. */
export function namedApart<T extends { name: string }>(
  list: T[],
  context: z.core.$RefinementCtx<T[]>,
): void {
  const names = list.map(({ name }) => name);
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) === i) continue;
    context.addIssue({
      code: 'custom',
      path: [i, 'name'],
      message: `another one is named ${name} too`,
    });
  }
}

/** An empty list would narrow to nothing, which nobody means. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.array(item).min(1).optional();
}

export const text = z.string().trim().min(1);

/** Names what people refer to in URLs, in the configuration and in the store. */
export const slug = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'must be lower-case letters, digits and single dashes between them',
  );

export const entityRef = z
  .string()
  .regex(
    /^[a-z]+:[\w.-]+\/[\w.-]+$/i,
    'must be an entity ref such as group:default/platform',
  );

export const httpUrl = text.refine(
  value => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
  'must be an http or https URL',
);

export function hasUserInfo(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username !== '' || password !== '';
}

/** An address without a trailing slash; it holds no secret, for it is shown and logged. */
export const address = httpUrl
  .refine(
    value => !hasUserInfo(value),
    'must hold no user or password; they go into auth',
  )
  .refine(value => !/[?#]/.test(value), 'must have no query and no fragment')
  .transform(value => value.replace(/\/+$/, ''));

/** Milliseconds, from what Backstage takes for a duration; it may be nothing. */
export const durationOrNone = z
  .union(
    [z.string(), z.record(z.string(), z.number())],
    'must be a duration such as 5m or { minutes: 5 }',
  )
  .transform((value, context) => {
    try {
      const config = new ConfigReader({ duration: value });
      const read = readDurationFromConfig(config, { key: 'duration' });
      return Duration.fromObject(read).toMillis();
    } catch {
      context.addIssue('must be a duration such as 5m or { minutes: 5 }');
      return z.NEVER;
    }
  })
  .refine(ms => ms >= 0, 'must not be negative');

export const duration = durationOrNone.refine(
  ms => ms >= 1_000,
  'must be at least one second',
);
