import type { DagZone } from '@airflow-fleet/backstage-plugin-airflow-common';
import { DateTime } from 'luxon';
import { useEffect } from 'react';
import { ageOf } from './age';
import styles from './Moment.module.css';
import { moveNow, useNow } from './useNow';
import { zoneName, zoneWords } from './zoneWords';

/**
 * A moment in the reader's zone, with its day unless it is today, and an age that ticks; on hover in UTC, and in the
 * zone of a DAG where that is known.
 */
export function Moment(props: { at: string; zone?: DagZone | null }) {
  const { at, zone } = props;
  const now = useNow();
  const ms = Date.parse(at);
  useEffect(() => {
    // What has come since the last tick does not lie ahead.
    if (ms > now && ms <= Date.now()) moveNow();
  }, [ms, now]);
  const moment = DateTime.fromISO(at);
  const utc = moment.toUTC().toFormat("yyyy-MM-dd HH:mm:ss 'UTC'");
  const name = zoneName(zone);
  const there =
    zone &&
    name &&
    `${moment.setZone(name).toFormat('yyyy-MM-dd HH:mm:ss')} in ${zoneWords(
      zone,
    )}`;
  const isToday = moment.hasSame(DateTime.fromMillis(now), 'day');
  return (
    <time
      dateTime={at}
      title={there ? `${utc}\n${there}` : utc}
      className={styles.moment}
    >
      {moment.toFormat(isToday ? 'HH:mm' : 'd LLL HH:mm')} ({ageOf(at, now)})
    </time>
  );
}
