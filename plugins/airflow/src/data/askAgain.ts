import { AirflowApiError } from './api';

/** What failed for a reason that may pass is asked for again after so many milliseconds while it is looked at. */
const AGAIN_MS = 15_000;

const TOO_MANY_REQUESTS = 429;

function statusOf(error: Error): number | undefined {
  return error instanceof AirflowApiError ? error.status : undefined;
}

/** Whether it is tried once more at once: a refusal stays one, and what is asked too often is not asked more often. */
export function triesOnceMore(failures: number, error: Error): boolean {
  return failures < 1 && (statusOf(error) ?? 500) >= 500;
}

/** When something is asked for that failed, for pages that ask only once. */
export function askAgain(query: {
  state: { error: Error | null };
}): number | false {
  const { error } = query.state;
  if (!error) return false;
  const status = statusOf(error) ?? 500;
  return status >= 500 || status === TOO_MANY_REQUESTS ? AGAIN_MS : false;
}
