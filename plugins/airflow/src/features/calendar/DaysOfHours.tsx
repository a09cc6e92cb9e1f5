import { DateTime } from 'luxon';
import type { DagName } from '../../data/useDag';
import { useCalendar } from '../../data/useStatistics';
import { Loaded } from '../../ui/feedback';
import { Section } from '../../ui/layout';
import styles from './calendar.module.css';
import { CellMark } from './CellMark';
import { cellsBy, cellWords } from './days';

const SHOWN_DAYS = 14;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const two = (hour: number) => String(hour).padStart(2, '0');

/** Two weeks until a day, a cell an hour. */
export function DaysOfHours(props: {
  dag: DagName;
  zone: string;
  last: string;
}) {
  const { dag, zone, last } = props;
  const end = DateTime.fromISO(last, { zone });
  const days = Array.from({ length: SHOWN_DAYS }, (_, i) =>
    end.minus({ days: SHOWN_DAYS - 1 - i }),
  );
  const calendar = useCalendar(dag, {
    by: 'hour',
    from: days[0].toFormat('yyyy-MM-dd'),
    to: last,
    zone,
  });
  return (
    <Section
      title={`Hours until ${end.toFormat('ccc d LLL')}`}
      kind="calendar-hours"
    >
      <Loaded what="hours" query={calendar} rows={5}>
        {({ items }) => {
          const cells = cellsBy(items, zone, 'yyyy-MM-dd HH');
          return (
            <div
              className={styles.hours}
              // Scrolled by keyboard, so it takes the focus.
              // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              role="region"
              aria-label="Runs by hour"
            >
              <table>
                <thead>
                  <tr>
                    <th scope="col">Day</th>
                    {hours.map(hour => (
                      <th key={hour} scope="col">
                        {two(hour)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {days.map(day => (
                    <tr key={day.toISODate()}>
                      <th scope="row">{day.toFormat('ccc d LLL')}</th>
                      {hours.map(hour => {
                        const cell = cells.get(
                          `${day.toFormat('yyyy-MM-dd')} ${two(hour)}`,
                        );
                        return (
                          <td
                            key={hour}
                            title={`${day.toFormat('ccc d LLL')} ${two(
                              hour,
                            )}:00: ${cellWords(cell)}`}
                          >
                            <CellMark cell={cell} />
                            <span className={styles.words}>
                              {cell ? cellWords(cell) : ''}
                            </span>
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Loaded>
    </Section>
  );
}
