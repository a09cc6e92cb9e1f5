import type { CalendarCell } from '@airflow-fleet/backstage-plugin-airflow-common';
import { DateTime } from 'luxon';
import type { KeyboardEvent } from 'react';
import styles from './calendar.module.css';
import { CellMark } from './CellMark';
import { cellWords } from './days';

/** How many days each key goes on, in columns of weeks. */
const steps: Record<string, number> = {
  ArrowUp: -1,
  ArrowDown: 1,
  ArrowLeft: -7,
  ArrowRight: 7,
};

/** One day of a year, to be chosen. */
export function Day(props: {
  /** As `2026-11-25`. */
  day: string;
  name: string;
  cell: CalendarCell | undefined;
  /** Whether the portal knows of that day at all. */
  isStored: boolean;
  isChosen: boolean;
  /** One day of the year is in the order of the tab key. */
  takesFocus: boolean;
  onChoose: (day: string) => void;
}) {
  const { day, name, cell, isStored, isChosen, takesFocus, onChoose } = props;
  const words = `${name}: ${isStored ? cellWords(cell) : 'not stored'}`;
  return (
    <button
      type="button"
      className={styles.day}
      title={words}
      aria-label={words}
      aria-pressed={isChosen}
      tabIndex={takesFocus ? 0 : -1}
      data-kind="calendar-day"
      data-day={day}
      data-unknown={!isStored}
      onClick={() => onChoose(day)}
      onKeyDown={event => goOn(event, day)}
    >
      <CellMark cell={cell} />
    </button>
  );
}

function goOn(event: KeyboardEvent<HTMLElement>, day: string) {
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const to = DateTime.fromISO(day).plus({ days: step }).toISODate();
  event.currentTarget
    .closest('[data-kind="calendar-year"]')
    ?.querySelector<HTMLElement>(`[data-day="${to}"]`)
    ?.focus();
}
