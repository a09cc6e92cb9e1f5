import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Moment } from '../../ui/time';
import { knownText } from './texts';

/** How much of a span of days there is data for; nothing where it is all of them. */
export function Known(props: { days: number; storedSince: Instant | null }) {
  const { days, storedSince } = props;
  const known = knownText(days, storedSince, new Date());
  if (known === null || storedSince === null) return null;
  return (
    <>
      {' '}
      <small data-kind="known-span">
        {known}, since <Moment at={storedSince} />
      </small>
    </>
  );
}
