import { useEffect, useState } from 'react';
import { durationText } from './duration';

/** How long something took; ticking while it goes on, a dash as long as it has not begun. */
export function Elapsed(props: {
  startedAt: string | null;
  durationMs: number | null;
  goesOn: boolean;
}) {
  const { startedAt, durationMs, goesOn } = props;
  const ticks = goesOn && startedAt !== null && durationMs === null;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticks) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [ticks]);
  if (durationMs !== null) return <>{durationText(durationMs)}</>;
  if (!ticks) return <>–</>;
  return <>{durationText(Math.max(0, now - Date.parse(startedAt)))} …</>;
}
