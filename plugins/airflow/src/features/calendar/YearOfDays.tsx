import type { CalendarCell } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import { DateTime } from 'luxon';
import { useMemo } from 'react';
import type { DagName } from '../../data/useDag';
import { useCalendar } from '../../data/useStatistics';
import { Loaded } from '../../ui/feedback';
import { showEnd } from '../../ui/layout';
import { Moment } from '../../ui/time';
import styles from './calendar.module.css';
import { Day } from './Day';
import { cellsBy, weeksUntil } from './days';

const DAY = 'yyyy-MM-dd';

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
        const firstStored =
          storedSince && DateTime.fromISO(storedSince, { zone }).toFormat(DAY);
        return (
          <>
            <div
              ref={showEnd}
              className={styles.year}
              role="group"
              aria-label={`Runs by day until ${last}`}
              data-kind="calendar-year"
            >
              {weeks.map(week => (
                <Week
                  key={week[0].toFormat(DAY)}
                  days={week.filter(day => day.toFormat(DAY) <= last)}
                  cells={cells}
                  firstStored={firstStored}
                  chosen={chosen}
                  focused={focused}
                  onChoose={onChoose}
                />
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

function Week(props: {
  days: readonly DateTime[];
  cells: ReadonlyMap<string, CalendarCell>;
  firstStored: string | null;
  chosen: string | undefined;
  focused: string;
  onChoose: (day: string) => void;
}) {
  const { days, cells, firstStored, chosen, focused, onChoose } = props;
  const [first] = days;
  return (
    <div className={styles.week}>
      <span className={styles.month} aria-hidden="true">
        {first.day <= 7 ? first.toFormat('LLL') : ''}
      </span>
      {days.map(moment => {
        const day = moment.toFormat(DAY);
        return (
          <Day
            key={day}
            day={day}
            name={moment.toFormat('ccc d LLL yyyy')}
            cell={cells.get(day)}
            isStored={firstStored !== null && day >= firstStored}
            isChosen={day === chosen}
            takesFocus={day === focused}
            onChoose={onChoose}
          />
        );
      })}
    </div>
  );
}
