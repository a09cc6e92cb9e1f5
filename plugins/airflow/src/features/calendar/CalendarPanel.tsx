import type { DagZone } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, Flex, Select, Text } from '@backstage/ui';
import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import type { DagName } from '../../data/useDag';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { zoneName } from '../../ui/time';
import styles from './calendar.module.css';
import { DaysOfHours } from './DaysOfHours';
import { YearOfDays } from './YearOfDays';

const calendarQuery = z.object({
  zone: z
    .string()
    .refine(zone => IANAZone.isValidZone(zone))
    .optional(),
  /** The last day of the year that is shown. */
  until: z.iso.date().optional(),
  /** The last day of those that are shown by hour. */
  day: z.iso.date().optional(),
});

const YEAR = { weeks: 52 };

/** On which days of a year a DAG ran and failed, and at which hours of some of them. */
export function CalendarPanel(props: {
  name: DagName;
  dag: { zone: DagZone | null };
}) {
  const { name, dag } = props;
  const [query, change] = useUrlQuery(calendarQuery);
  const own = DateTime.local().zoneName;
  const zone = query.zone ?? own;
  const today = DateTime.local({ zone }).startOf('day');
  const until = query.until ? DateTime.fromISO(query.until, { zone }) : today;
  const show = (last: DateTime) =>
    change({ until: last >= today ? null : last.toISODate() });
  return (
    <>
      <Flex gap="3" align="end" className={styles.choices}>
        <Select
          label="Days begin in"
          size="small"
          options={zonesOf(own, zoneName(dag.zone))}
          value={zone}
          onChange={chosen => change({ zone: String(chosen) })}
          className={styles.zone}
          data-kind="calendar-zone"
        />
        <Button
          variant="secondary"
          size="small"
          onPress={() => show(until.minus(YEAR))}
        >
          The year before
        </Button>
        {until < today && (
          <Button
            variant="secondary"
            size="small"
            onPress={() => show(until.plus(YEAR))}
          >
            The year after
          </Button>
        )}
      </Flex>
      <Text as="p" variant="body-small" color="secondary">
        A run counts on the day it was due. Choose a day to see its hours.
      </Text>
      <YearOfDays
        dag={name}
        zone={zone}
        until={until}
        chosen={query.day}
        onChoose={day => change({ day })}
      />
      {query.day && <DaysOfHours dag={name} zone={zone} last={query.day} />}
    </>
  );
}

function zonesOf(own: string, ofSchedule: string | undefined) {
  const zones = new Set([own, 'UTC', ...(ofSchedule ? [ofSchedule] : [])]);
  return [...zones].map(value => {
    const whose = [
      value === own && 'mine',
      value === ofSchedule && 'of the schedule',
    ].filter(Boolean);
    return {
      value,
      label: whose.length > 0 ? `${value} (${whose.join(', ')})` : value,
    };
  });
}
