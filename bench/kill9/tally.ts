import type { News, WebhookSink } from './WebhookSink';

/** What a receiver heard, against what there was to hear. */
export interface Tally {
  /** That each DAG fails, and that it is over. */
  news: number;
  /** What nobody heard. */
  lost: number;
  /** What was heard under more than one key, which no receiver can know for the same. */
  duplicated: number;
  calls: number;
  /** Calls with a key that had come before, which receivers drop. */
  repeatedCalls: number;
}

export function tally(
  sink: Pick<WebhookSink, 'calls' | 'heard'>,
  dagIds: readonly string[],
): Tally {
  const news = dagIds.flatMap((dagId): News[] => [
    `fired ${dagId}`,
    `resolved ${dagId}`,
  ]);
  const keys = [...sink.heard.values()];
  const calls = [...sink.calls.values()].reduce((sum, n) => sum + n, 0);
  return {
    news: news.length,
    lost: news.filter(each => !sink.heard.has(each)).length,
    duplicated: keys.filter(({ length }) => length > 1).length,
    calls,
    repeatedCalls: calls - sink.calls.size,
  };
}
