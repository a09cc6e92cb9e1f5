import { z } from 'zod';
import { membersOf } from '../http';
import { taskValue } from '../mapping/values';

/** A field may be a whole program; more than this of it is not read on a page. */
const LONGEST_FIELD = 50_000;

const amount = z.number().nullish().catch(null);

/** Of a task instance in either version, what its list row leaves out. */
export const detailsBody = z
  .object({
    priority_weight: amount,
    pool_slots: amount,
    executor: z.string().nullish(),
  })
  .transform(told => ({
    priorityWeight: told.priority_weight ?? null,
    poolSlots: told.pool_slots ?? null,
    executor: told.executor || null,
  }));

/** The rendered fields in the text of a task instance; those without a value say nothing. */
export function renderedIn(body: string) {
  const fields = membersOf(membersOf(body).get('rendered_fields') ?? '{}');
  return [...fields]
    .filter(([, value]) => !['null', '""', '[]', '{}'].includes(value))
    .map(([name, value]) => ({ name, value: taskValue(value, LONGEST_FIELD) }));
}

const linkMap = z.record(z.string(), z.string().nullable());

/** Airflow 3 puts the links below a name, Airflow 2 gives them alone. */
export const linksBody = z
  .union([
    z.object({ extra_links: linkMap }).transform(told => told.extra_links),
    linkMap,
  ])
  .transform(told =>
    Object.entries(told).flatMap(([name, url]) => (url ? [{ name, url }] : [])),
  );

export const reasonsBody = z
  .object({
    dependencies: z.array(z.object({ name: z.string(), reason: z.string() })),
  })
  .transform(told => told.dependencies);
