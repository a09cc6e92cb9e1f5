import { DateTime } from 'luxon';
import { useEffect, useReducer } from 'react';
import { ageOf } from './age';
import styles from './Moment.module.css';

/** A moment in the reader's zone, with its day unless it is today, and an age that ticks; UTC on hover. */
export function Moment(props: { at: string }) {
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  // Read anew with each drawing, lest what has come since the last tick lies ahead.
  const now = Date.now();
  useEffect(() => {
    const timer = setInterval(tick, 10_000);
    return () => clearInterval(timer);
  }, []);
  const moment = DateTime.fromISO(props.at);
  const utc = moment.toUTC().toFormat("yyyy-MM-dd HH:mm:ss 'UTC'");
  const isToday = moment.hasSame(DateTime.fromMillis(now), 'day');
  return (
    <time dateTime={props.at} title={utc} className={styles.moment}>
      {moment.toFormat(isToday ? 'HH:mm' : 'd LLL HH:mm')} (
      {ageOf(props.at, now)})
    </time>
  );
}
