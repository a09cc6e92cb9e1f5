import type { CalendarCell } from '@airflow-fleet/backstage-plugin-airflow-common';
import { DateTime } from 'luxon';

const WEEKS = 53;

/** The days of 53 weeks, Mondays first, of which the last holds the day given. */
export function weeksUntil(last: DateTime): DateTime[][] {
  const monday = last.startOf('week');
  return Array.from({ length: WEEKS }, (_, week) =>
    Array.from({ length: 7 }, (_day, day) =>
      monday.plus({ weeks: week - WEEKS + 1, days: day }),
    ),
  );
}

/** Cells by the day or hour that they begin with, as it is called in the zone. */
export function cellsBy(
  cells: readonly CalendarCell[],
  zone: string,
  format: string,
): Map<string, CalendarCell> {
  const found = new Map<string, CalendarCell>();
  for (const cell of cells) {
    const name = DateTime.fromISO(cell.startsAt, { zone }).toFormat(format);
    // The hour that comes twice when clocks go back is shown as one.
    const before = found.get(name);
    found.set(name, before ? sumOf(before, cell) : cell);
  }
  return found;
}

function sumOf(a: CalendarCell, b: CalendarCell): CalendarCell {
  return {
    startsAt: a.startsAt,
    success: a.success + b.success,
    failed: a.failed + b.failed,
    unfinished: a.unfinished + b.unfinished,
  };
}

/** How the runs of a day or hour went, in words. */
export function cellWords(cell: CalendarCell | undefined): string {
  if (!cell) return 'no runs';
  const parts = [
    cell.success > 0 ? `${cell.success} successful` : '',
    cell.failed > 0 ? `${cell.failed} failed` : '',
    cell.unfinished > 0 ? `${cell.unfinished} not ended` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

/** The state that a cell is drawn in; some failed is drawn as failed, as high as their share. */
export function cellState({ success, failed }: CalendarCell) {
  if (failed > 0) return 'failed';
  return success > 0 ? 'success' : 'running';
}

/** The share of what ended that failed, 0 to 1. */
export function failedShare({ success, failed }: CalendarCell): number {
  return failed === 0 ? 0 : failed / (success + failed);
}
