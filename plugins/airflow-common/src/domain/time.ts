/**
 * A moment as an ISO 8601 string with an offset.
 *
 * @public
 */
export type Instant = string;
