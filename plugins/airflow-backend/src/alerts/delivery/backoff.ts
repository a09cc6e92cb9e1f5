const FIRST_MS = 10_000;
const LONGEST_MS = 30 * 60_000;
const GROWTH = 3;

/** A receiver that asks for a longer wait is asked again after this long. */
const LONGEST_RETRY_AFTER_MS = 60 * 60_000;

/** How often a notice is tried before it is given up: for about an hour and a half. */
export const MOST_ATTEMPTS = 8;

/**
 * How long to wait after a try that failed; null when that was the last one. Up to a fifth is taken off by chance, so
 * that what failed together is not tried together.
 *
 * @param attempts - tries so far, at least one
 * @param random - between 0 and 1
 */
export function waitAfter(
  attempts: number,
  random: number,
  retryAfterMs = 0,
): number | null {
  if (attempts >= MOST_ATTEMPTS) return null;
  const grown = Math.min(LONGEST_MS, FIRST_MS * GROWTH ** (attempts - 1));
  const asked = Math.min(LONGEST_RETRY_AFTER_MS, retryAfterMs);
  return Math.max(Math.round(grown * (1 - 0.2 * random)), asked);
}
