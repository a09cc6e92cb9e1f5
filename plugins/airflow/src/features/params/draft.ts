import {
  compactJson,
  itemsOf,
  prettyJson,
  shownText,
  unsendableIn,
  type JsonText,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Field } from './field';
import { compareNumbers, isWhole, numberText } from './numbers';
import { looksLike } from './pattern';

/** What stands in a field; null where a text is chosen to be none, which an empty one is not. */
export type Draft = string | null;

/** What was read of what somebody filled in, ready to be sent. */
export type Read = { json: JsonText } | { error: string };

const needed = { error: 'It is needed' };

/** Whether the field tells an empty text from none. */
export function canBeNull({ kind, isOptional }: Field): boolean {
  return isOptional && (kind === 'text' || kind === 'longText');
}

/** A value as its field shows it. */
export function toDraft(field: Field, json: JsonText): Draft {
  const isNull = json === 'null';
  switch (field.kind) {
    case 'choice':
      return (
        field.choices.find(choice => isSame(choice.json, json))?.json ??
        (isNull ? '' : compactJson(json))
      );
    case 'json':
      return isNull ? '' : prettyJson(json);
    case 'lines':
    case 'numbers':
      return json.startsWith('[')
        ? itemsOf(json).map(shownText).join('\n')
        : toLine(json);
    default:
      return isNull && canBeNull(field) ? null : toLine(json);
  }
}

function toLine(json: JsonText): string {
  return json === 'null' ? '' : shownText(json);
}

/** As Python compares: 1 and 1.0 are one value. */
function isSame(one: JsonText, other: JsonText): boolean {
  return (
    compactJson(one) === compactJson(other) || compareNumbers(one, other) === 0
  );
}

/** Reads what stands in a field. */
export function fromDraft(field: Field, draft: Draft): Read {
  if (draft === null) return { json: 'null' };
  const { kind } = field;
  if (kind === 'text' || kind === 'longText') return textOf(field, draft);
  if (draft.trim() === '') return fromNothing(field);
  switch (kind) {
    case 'choice':
      return field.choices.some(({ json }) => json === draft)
        ? { json: draft }
        : { error: 'This is none of the choices' };
    case 'number':
      return numberOf(field, draft);
    case 'lines':
      return {
        json: listOf(linesOf(draft).map(line => JSON.stringify(line))),
      };
    case 'numbers':
      return numbersOf(draft);
    case 'json':
      return jsonOf(draft);
    case 'date':
    case 'moment':
      return Number.isNaN(Date.parse(draft))
        ? { error: 'This is no date' }
        : { json: JSON.stringify(draft) };
    default:
      return { json: draft };
  }
}

function fromNothing({ kind, isOptional, defaultJson }: Field): Read {
  if (kind === 'lines' || kind === 'numbers') {
    return { json: isOptional && defaultJson === 'null' ? 'null' : '[]' };
  }
  return isOptional ? { json: 'null' } : needed;
}

/** Of a param that nobody filled in: only one without a default has to be. */
export function fromDefault(field: Field): Read {
  return lacksDefault(field) ? needed : { json: field.defaultJson };
}

/** Airflow tells no default as null. */
export function lacksDefault({
  isOptional,
  kind,
  defaultJson,
}: Field): boolean {
  return defaultJson === 'null' && !isOptional && kind !== 'fixed';
}

function numberOf({ limits }: Field, draft: string): Read {
  const json = numberText(draft);
  if (json === undefined) return { error: 'This is no number' };
  const { least, most, above, below } = limits;
  const against = (limit: JsonText | undefined) =>
    limit === undefined ? undefined : compareNumbers(json, limit);
  if (limits.isWhole && !isWhole(json)) {
    return { error: 'It must be a whole number' };
  }
  if ((against(least) ?? 0) < 0) {
    return { error: `It must be ${least} or more` };
  }
  if ((against(most) ?? 0) > 0) return { error: `It must be ${most} or less` };
  if ((against(above) ?? 1) <= 0) {
    return { error: `It must be more than ${above}` };
  }
  if ((against(below) ?? -1) >= 0) {
    return { error: `It must be less than ${below}` };
  }
  return sendable(json);
}

function textOf(field: Field, draft: string): Read {
  const { shortest, longest, pattern } = field.limits;
  if (draft === '' && lacksDefault(field)) return needed;
  // As Python counts: an icon is one letter.
  const { length } = [...draft];
  if (shortest !== undefined && length < shortest) {
    return { error: `It must have ${shortest} letters or more` };
  }
  if (longest !== undefined && length > longest) {
    return { error: `It must have ${longest} letters or fewer` };
  }
  if (pattern !== undefined && looksLike(pattern, draft) === false) {
    return { error: `It must look like ${shortened(pattern)}` };
  }
  return sendable(JSON.stringify(draft));
}

/** As much of a pattern as somebody reads. */
function shortened(pattern: string): string {
  return pattern.length > 200 ? `${pattern.slice(0, 200)} …` : pattern;
}

/** What a text must look like where nobody but Airflow can tell whether it does. */
export function leftToAirflow(
  { kind, limits }: Field,
  draft: Draft,
): string | undefined {
  const isText = kind === 'text' || kind === 'longText';
  const { pattern } = limits;
  if (!isText || !draft || pattern === undefined) return undefined;
  return looksLike(pattern, draft) === undefined
    ? `Airflow checks that it looks like ${shortened(pattern)}`
    : undefined;
}

function linesOf(draft: string): string[] {
  return draft.split(/\r?\n/).filter(line => line.trim() !== '');
}

function numbersOf(draft: string): Read {
  const numbers = linesOf(draft).flatMap(line => numberText(line) ?? []);
  return numbers.length === linesOf(draft).length
    ? sendable(listOf(numbers))
    : { error: 'Each line must be a number' };
}

function jsonOf(draft: string): Read {
  const read = sendable(draft.trim());
  if ('error' in read) return read;
  try {
    JSON.parse(draft);
    return read;
  } catch {
    return { error: 'This is not JSON' };
  }
}

function listOf(items: readonly JsonText[]): JsonText {
  return `[${items.join(',')}]`;
}

/** Names what would not arrive as it is. */
function sendable(json: JsonText): Read {
  const found = unsendableIn(json);
  if (!found) return { json };
  const { path, why } = found;
  return {
    error: path.length > 0 ? `${path.join('.')} ${why}` : `It ${why}`,
  };
}
