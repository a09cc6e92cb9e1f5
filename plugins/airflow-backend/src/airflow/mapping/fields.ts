import { z } from 'zod';
import { shortened } from '../../masked';

/** Longer ones fit into no index; Airflow itself stops at 250. */
const LONGEST_ID = 500;

/** What a person reads in a list or at the head of a page. */
const LONGEST_TEXT = 10_000;

/** What somebody opens to read it, such as docs. */
const LONGEST_WRITING = 200_000;

/** JSON that is taken apart; more of it holds nothing for a page. */
const LONGEST_JSON = 1_000_000;

/** More members of a list within a row are made by mistake. */
const MOST_LISTED = 1_000;

/** So many tags and owners of a DAG are kept. */
export const MOST_LABELS = 100;

/** What the column of a whole number holds. */
const LARGEST_COUNT = 2 ** 31 - 1;

/** PostgreSQL keeps no text with this in it, while other databases of an Airflow do. */
const NUL = '\u0000';

/** What names a thing; it is taken as it is or not at all. */
export const id = z
  .string()
  .min(1)
  .max(LONGEST_ID)
  .refine(raw => !raw.includes(NUL), 'holds a character that no text may');

/** Text as every database keeps it. */
export function storable(raw: string): string {
  return raw.replaceAll(NUL, '\ufffd');
}

function textUpTo(most: number) {
  return z
    .string()
    .nullish()
    .catch(null)
    .transform(raw =>
      typeof raw === 'string' ? storable(shortened(raw, most)) : null,
    );
}

/** Text that is read in any case: null where there is none, or something else; the end of a very long one is left out. */
export const text = textUpTo(LONGEST_TEXT);

/** As {@link text}, for what may fill pages. */
export const writing = textUpTo(LONGEST_WRITING);

/** As {@link text}, for what is cut by the door that it goes through. */
export const wholeText = textUpTo(Infinity);

/** As {@link text}, for JSON that was read with the text of it. */
export const jsonText = z
  .string()
  .nullish()
  .catch(null)
  .refine(
    raw => (raw?.length ?? 0) <= LONGEST_JSON,
    `is longer than ${LONGEST_JSON} characters`,
  );

/** As {@link text}, for true and false. */
export const flag = z.boolean().nullish().catch(null);

/** As {@link text}, for whole numbers. */
export const count = z.number().int().max(LARGEST_COUNT).nullish().catch(null);

/** The members of a list that can be read, the first `most` of them; none where there is no list. */
export function listed<T extends z.ZodType>(member: T, most = MOST_LISTED) {
  return z
    .unknown()
    .optional()
    .transform((raw): z.output<T>[] =>
      (Array.isArray(raw) ? raw.slice(0, most) : []).flatMap(one => {
        const read = member.safeParse(one);
        return read.success ? [read.data] : [];
      }),
    );
}
