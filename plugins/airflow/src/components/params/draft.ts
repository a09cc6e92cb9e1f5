import type { Field } from './field';

/** What was read of what somebody filled in. */
export type Read = { value: unknown } | { error: string };

/** A value as its field shows it; nothing for null. */
export function toDraft(field: Field, value: unknown): string {
  if (value === null || value === undefined) return '';
  switch (field.kind) {
    case 'choice':
    case 'flag':
      return JSON.stringify(value);
    case 'json':
      return JSON.stringify(value, null, 2);
    case 'lines':
    case 'numbers':
      return Array.isArray(value) ? value.join('\n') : String(value);
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

/** Reads what stands in a field. */
export function fromDraft(field: Field, draft: string): Read {
  if (draft.trim() === '') return fromNothing(field);
  switch (field.kind) {
    case 'choice':
      return choiceOf(field, draft);
    case 'flag':
      return { value: draft === 'true' };
    case 'number':
      return numberOf(field, draft);
    case 'lines':
      return { value: linesOf(draft) };
    case 'numbers':
      return numbersOf(draft);
    case 'json':
      return jsonOf(draft);
    case 'date':
    case 'moment':
      return Number.isNaN(Date.parse(draft))
        ? { error: 'This is no date' }
        : { value: draft };
    default:
      return textOf(field, draft);
  }
}

function fromNothing({ kind, isOptional, defaultValue }: Field): Read {
  if (kind === 'lines' || kind === 'numbers') {
    return { value: isOptional && defaultValue === null ? null : [] };
  }
  if (isOptional) return { value: null };
  // What the author starts with is right.
  if (defaultValue === '') return { value: '' };
  return { error: 'It is needed' };
}

function choiceOf({ choices }: Field, draft: string): Read {
  const chosen = choices.find(({ value }) => JSON.stringify(value) === draft);
  return chosen
    ? { value: chosen.value }
    : { error: 'This is none of the choices' };
}

function numberOf({ limits }: Field, draft: string): Read {
  const value = Number(draft);
  if (!Number.isFinite(value)) return { error: 'This is no number' };
  const { least, most, above, below, isWhole } = limits;
  if (isWhole && !Number.isInteger(value)) {
    return { error: 'It must be a whole number' };
  }
  if (least !== undefined && value < least) {
    return { error: `It must be ${least} or more` };
  }
  if (most !== undefined && value > most) {
    return { error: `It must be ${most} or less` };
  }
  if (above !== undefined && value <= above) {
    return { error: `It must be more than ${above}` };
  }
  if (below !== undefined && value >= below) {
    return { error: `It must be less than ${below}` };
  }
  return { value };
}

function textOf({ limits }: Field, draft: string): Read {
  const { shortest, longest, pattern } = limits;
  if (shortest !== undefined && draft.length < shortest) {
    return { error: `It must have ${shortest} letters or more` };
  }
  if (longest !== undefined && draft.length > longest) {
    return { error: `It must have ${longest} letters or fewer` };
  }
  if (pattern !== undefined && !matches(pattern, draft)) {
    return { error: `It must look like ${pattern}` };
  }
  return { value: draft };
}

/** Airflow reads the pattern as Python does; what JavaScript cannot read, Airflow judges alone. */
function matches(pattern: string, draft: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(draft);
  } catch {
    return true;
  }
}

function linesOf(draft: string): string[] {
  return draft
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '');
}

function numbersOf(draft: string): Read {
  const values = linesOf(draft).map(Number);
  return values.every(Number.isFinite)
    ? { value: values }
    : { error: 'Each line must be a number' };
}

function jsonOf(draft: string): Read {
  try {
    return { value: JSON.parse(draft) };
  } catch {
    return { error: 'This is not JSON' };
  }
}
