import type { AirflowLimits } from '../options';

/** The portal's own readings, and what people and services ask for. */
export type Traffic = 'readings' | 'readers';

type Amounts = Pick<AirflowLimits, 'maxInFlight' | 'requestsPerMinute'>;

/** How many of a cluster's requests either kind of traffic may have when the other has none. */
export interface Shares {
  all: Amounts;
  /** The same for both. */
  either: Amounts;
  /** So many of either may be logs, which are open for long. */
  logs: number;
  /** So many of one reader may be open. */
  ofReader: number;
}

/** A quarter is kept for either, so that neither can take everything; of two, one. Where there is one, they take turns. */
export function sharesOf(all: Amounts): Shares {
  const withoutOthers = (amount: number) =>
    amount > 1 ? amount - Math.max(1, Math.floor(amount / 4)) : amount;
  const maxInFlight = withoutOthers(all.maxInFlight);
  const requestsPerMinute = withoutOthers(all.requestsPerMinute);
  const allButOne = Math.max(1, maxInFlight - 1);
  return {
    all,
    either: { maxInFlight, requestsPerMinute },
    logs: allButOne,
    ofReader: allButOne,
  };
}

/** What was sent within a minute. */
export interface Spent {
  readings: number;
  readers: number;
  /** By the one reader who asks. */
  own: number;
}

/** How often more one reader may have sent than is left for all others: two thirds, where there is only one. */
const TIMES_LEFT = 2;

/**
 * Whether the minute has room for one more. A reader gets more only as long as enough is left, so whoever comes new
 * finds some, however many have taken theirs.
 */
export function hasRoom(
  shares: Shares,
  traffic: Traffic,
  spent: Spent,
): boolean {
  const left = Math.min(
    shares.all.requestsPerMinute - spent.readings - spent.readers,
    shares.either.requestsPerMinute - spent[traffic],
  );
  if (left <= 0) return false;
  return traffic === 'readings' || spent.own < TIMES_LEFT * left;
}
