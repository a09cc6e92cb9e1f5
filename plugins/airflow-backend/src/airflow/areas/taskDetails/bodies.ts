import {
  membersOf,
  type JsonText,
  type RenderedField,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { shortened } from '../../../masked';
import { jsonText, listed, text } from '../../mapping/fields';
import { taskInstance } from '../../mapping/tasks';
import { taskValue } from '../../mapping/values';

/** A field may be a whole program; more than this of it is not read on a page. */
const LONGEST_FIELD = 50_000;
const LONGEST_PHRASE = 1_000;

const phrase = z.string().transform(raw => shortened(raw, LONGEST_PHRASE));

const amount = z.number().nullish().catch(null);

/** Of a task instance in either version, what its list row leaves out. */
const ownDetails = z
  .object({
    priority_weight: amount,
    pool_slots: amount,
    executor: text,
    /** As the text that they are written in. */
    rendered_fields: jsonText,
  })
  .transform(async raw => ({
    priorityWeight: raw.priority_weight ?? null,
    poolSlots: raw.pool_slots ?? null,
    executor: raw.executor || null,
    rendered: await renderedIn(raw.rendered_fields ?? '{}'),
  }));

/** All that one answer tells of a task instance. */
export const detailsBody = ownDetails.and(
  taskInstance.transform(instance => ({ instance })),
);

/** Those without a value say nothing. */
async function renderedIn(fields: JsonText): Promise<RenderedField[]> {
  const rendered: RenderedField[] = [];
  for (const [name, value] of membersOf(fields)) {
    if (['null', '""', '[]', '{}'].includes(value)) continue;
    rendered.push({ name, value: await taskValue(value, LONGEST_FIELD) });
  }
  return rendered;
}

const linkMap = z.record(z.string(), z.string().nullable());

/** Airflow 3 puts the links below a name, Airflow 2 gives them alone. */
export const linksBody = z
  .union([
    z.object({ extra_links: linkMap }).transform(raw => raw.extra_links),
    linkMap,
  ])
  .transform(raw =>
    Object.entries(raw).flatMap(([name, url]) => (url ? [{ name, url }] : [])),
  );

export const reasonsBody = z
  .object({
    dependencies: listed(z.object({ name: phrase, reason: phrase })),
  })
  .transform(raw => raw.dependencies);
