import { diffLines } from 'diff';

/** A line of a comparison; its numbers are null where that version does not have it. */
export interface ComparedLine {
  change: 'added' | 'removed' | 'same';
  text: string;
  before: number | null;
  after: number | null;
}

/**
 * So many lines may differ: what is found takes time by the square of them. Versions with more have so little in common
 * that one stands whole before the other.
 */
const MOST_CHANGES = 2_000;

function changesOf(before: string, after: string) {
  return (
    diffLines(before, after, { maxEditLength: MOST_CHANGES }) ?? [
      { value: before, removed: true, added: false },
      { value: after, removed: false, added: true },
    ]
  );
}

/** Two versions as one list of lines, in order. */
export function compareLines(before: string, after: string): ComparedLine[] {
  let old = 0;
  let young = 0;
  return changesOf(before, after).flatMap(({ value, added, removed }) =>
    linesOf(value).map((text): ComparedLine => {
      if (added) {
        young += 1;
        return { change: 'added', text, before: null, after: young };
      }
      old += 1;
      if (removed) return { change: 'removed', text, before: old, after: null };
      young += 1;
      return { change: 'same', text, before: old, after: young };
    }),
  );
}

/** Lines around a change that are shown to tell where it is. */
const CONTEXT = 4;

/** What changed with the lines around it; in place of what was left out stands how many lines that were. */
export function aroundChanges(
  lines: readonly ComparedLine[],
): (ComparedLine | { skipped: number })[] {
  const near = new Set<number>();
  lines.forEach(({ change }, at) => {
    if (change === 'same') return;
    for (let i = at - CONTEXT; i <= at + CONTEXT; i += 1) near.add(i);
  });
  const shown: (ComparedLine | { skipped: number })[] = [];
  lines.forEach((line, at) => {
    if (near.has(at)) {
      shown.push(line);
      return;
    }
    const last = shown.at(-1);
    if (last && 'skipped' in last) last.skipped += 1;
    else shown.push({ skipped: 1 });
  });
  return shown;
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
