/**
 * Clocks that differ by more are a trouble of their own: cron counts in minutes, so a run starts in another minute than
 * every other system says. It is far more than a slow answer may hide.
 */
export const CLOCK_BOUND_MS = 60_000;
