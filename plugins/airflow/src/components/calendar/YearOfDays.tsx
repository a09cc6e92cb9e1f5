import { Text } from '@backstage/ui';
import { DateTime } from 'luxon';
import { useMemo } from 'react';
import type { DagName } from '../../hooks/useDag';
import { useCalendar } from '../../hooks/useStatistics';
import { Loaded } from '../feedback';
import { showEnd } from '../layout';
import { Moment } from '../time';
import styles from './calendar.module.css';
import { CellMark } from './CellMark';
import { cellsBy, cellWords, weeksUntil } from './days';

const DAY = 'yyyy-MM-dd';

const steps: Record<string, number> = {
  ArrowUp: -1,
  ArrowDown: 1,
  ArrowLeft: -7,
  ArrowRight: 7,
};

/** A year as columns of weeks, a cell a day. The arrow keys go from day to day. */
export function YearOfDays(props: {
  dag: DagName;
  zone: string;
  until: DateTime;
  chosen: string | undefined;
  onChoose: (day: string) => void;
}) {
  const { dag, zone, until, chosen, onChoose } = props;
  const last = until.toFormat(DAY);
  const weeks = useMemo(
    () => weeksUntil(DateTime.fromFormat(last, DAY, { zone })),
    [last, zone],
  );
  const from = weeks[0][0].toFormat(DAY);
  const calendar = useCalendar(dag, { by: 'day', from, to: last, zone });
  const focused = chosen && chosen >= from && chosen <= last ? chosen : last;
  return (
    <Loaded what="calendar" query={calendar} rows={7}>
      {({ items, storedSince }) => {
        const cells = cellsBy(items, zone, DAY);
        const firstStored = storedSince
          ? DateTime.fromISO(storedSince, { zone }).toFormat(DAY)
          : null;
        return (
          <>
            <div
              ref={showEnd}
              className={styles.year}
              role="group"
              aria-label={`Runs by day until ${last}`}
              data-kind="calendar-year"
              onKeyDown={event => {
                const step = steps[event.key];
                const at =
                  event.target instanceof HTMLElement
                    ? event.target.dataset.day
                    : undefined;
                if (step === undefined || !at) return;
                event.preventDefault();
                const to = DateTime.fromFormat(at, DAY)
                  .plus({ days: step })
                  .toFormat(DAY);
                event.currentTarget
                  .querySelector<HTMLElement>(`[data-day="${to}"]`)
                  ?.focus();
              }}
            >
              {weeks.map(week => (
                <div key={week[0].toFormat(DAY)} className={styles.week}>
                  <span className={styles.month} aria-hidden="true">
                    {week[0].day <= 7 ? week[0].toFormat('LLL') : ''}
                  </span>
                  {week.map(moment => {
                    const day = moment.toFormat(DAY);
                    if (day > last) return <i key={day} />;
                    const cell = cells.get(day);
                    const isUnknown = firstStored === null || day < firstStored;
                    const words = isUnknown ? 'not stored' : cellWords(cell);
                    return (
                      <button
                        key={day}
                        type="button"
                        className={styles.day}
                        title={`${moment.toFormat('ccc d LLL yyyy')}: ${words}`}
                        aria-label={`${moment.toFormat(
                          'ccc d LLL yyyy',
                        )}: ${words}`}
                        aria-pressed={day === chosen}
                        tabIndex={day === focused ? 0 : -1}
                        data-kind="calendar-day"
                        data-day={day}
                        data-unknown={isUnknown}
                        onClick={() => onChoose(day)}
                      >
                        <CellMark cell={cell} />
                      </button>
                    );
                  })}
                </div>
              ))}
            </div>
            <Text as="p" variant="body-small" color="secondary">
              {storedSince ? (
                <>
                  The portal has its runs since <Moment at={storedSince} />;
                  what was before is not known.
                </>
              ) : (
                'The portal has no run of it yet.'
              )}
            </Text>
          </>
        );
      }}
    </Loaded>
  );
}
