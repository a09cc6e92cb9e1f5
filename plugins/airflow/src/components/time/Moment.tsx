import { DateTime } from 'luxon';
import { useEffect, useState } from 'react';
import { ageOf } from './age';

/** A moment in the reader's zone with an age that ticks; UTC on hover. */
export function Moment(props: { at: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  const moment = DateTime.fromISO(props.at);
  const utc = moment.toUTC().toFormat("yyyy-MM-dd HH:mm:ss 'UTC'");
  return (
    <time dateTime={props.at} title={utc}>
      {moment.toLocaleString(DateTime.TIME_24_SIMPLE)} ({ageOf(props.at, now)})
    </time>
  );
}
