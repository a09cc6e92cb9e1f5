import {
  collectionKinds,
  type CollectionKind,
  type Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ClusterFacts, Reading } from '../model/clusterFacts';
import { collected } from '../model/collected';
import { duration } from '../model/configValues';
import { findingOfCluster, isAfter, knownAt, proof } from './facts';
import type { RuleType } from './ruleType';
import { clusterRule } from './schema';
import { coversCluster } from './scope';
import { span, utc } from './words';

const MINUTE_MS = 60_000;

const schema = clusterRule('readings-failing', { severity: 'critical' })
  .extend({
    longerThan: duration
      .default(10 * MINUTE_MS)
      .describe('for so long nothing new of a kind of fact may be read'),
  })
  .transform(({ longerThan, ...rule }) => ({
    ...rule,
    longerThanMs: longerThan,
  }));

/** A kind of fact of which nothing new is known. */
interface Unread {
  kind: CollectionKind;
  since: Instant;
  why: string;
}

/** The history of a large cluster takes long to be read for the first time, and all that while it gets on. */
const FIRST_READING_MS = 2 * 60 * 60_000;

/** As many readings may be late before none of them is to be expected any more. */
const LATE_READINGS = 3;

/**
 * A cluster of which some kind of fact is not known any more, for whatever cause: readings that fail, never come to
 * their end, or are not made at all. That its health cannot be read is told by `cluster-unreachable`.
 */
export const readingsFailing: RuleType<typeof schema> = {
  schema,
  about: 'cluster',
  words: {
    wrong:
      'DAGs or runs of a cluster are not read any more, for whatever cause, although its health is',
    over: 'everything about the cluster was read again',
  },
  causes: ['cluster-unreachable', 'metadatabase'],

  expected: ({ longerThanMs }) =>
    `Everything about the cluster is read at least once in ${span(
      longerThanMs,
    )}`,

  find(facts, rule) {
    const { cluster } = facts;
    if (!coversCluster(rule.scope, cluster)) return [];
    const unread = collectionKinds.flatMap(
      kind => unreadOf(facts, kind, rule.longerThanMs) ?? [],
    );
    if (unread.length === 0) return [];
    const kinds = words(unread.map(({ kind }) => kind));
    const since = unread.map(own => own.since).sort(byTime)[0];
    return [
      {
        ...findingOfCluster(facts, rule),
        // Which kinds it are may change; that nobody knows how the cluster is stays.
        occurrence: 'unread',
        title: `The ${kinds} of ${cluster.title} cannot be read`,
        observed: observed(unread),
        since,
        factsReadAt: oldestReading(facts, unread),
        runId: null,
      },
    ];
  },

  proof(alert, facts) {
    const readAts = collectionKinds.map(kind => knownAt(facts, kind));
    const isAllRead = readAts.every(
      readAt => readAt !== null && isAfter(readAt, alert.since),
    );
    const isAnyKindUnread = collectionKinds.some(kind =>
      isOverdue(facts, facts.readings[kind], 0),
    );
    const last = readAts.flatMap(readAt => readAt ?? []).sort(byTime);
    return isAllRead && !isAnyKindUnread
      ? proof(
          `Everything about ${facts.cluster.title} was read by ${utc(
            last[last.length - 1],
          )}`,
        )
      : null;
  },
};

function unreadOf(
  facts: ClusterFacts,
  kind: CollectionKind,
  longerThanMs: number,
): Unread | null {
  const reading = facts.readings[kind];
  const { failingSince, problem, readAt, tried } = reading;
  // It is read, but what it says is doubted, which is an alert of its own.
  if (problem?.code === 'dags-vanished') return null;
  const isOver = (moment: Instant, ms: number) =>
    facts.now.getTime() - Date.parse(moment) > ms;
  const isTriedSince =
    tried !== null && Date.parse(tried.lastAt) >= facts.watchedSince.getTime();
  if (failingSince !== null && isTriedSince) {
    return kind !== 'health' && isOver(failingSince, longerThanMs)
      ? { kind, since: failingSince, why: problem?.message ?? 'it fails' }
      : null;
  }
  if (isOverdue(facts, reading, longerThanMs)) {
    const since = readAt ?? tried?.lastAt ?? facts.watchedSince.toISOString();
    return { kind, since, why: 'no reading of it came to its end' };
  }
  const isFirst = readAt === null && tried !== null && failingSince === null;
  const firstMs = Math.max(longerThanMs, FIRST_READING_MS);
  return isFirst && isOver(tried.firstAt, firstMs)
    ? {
        kind,
        since: tried.firstAt,
        why: 'the first reading has not come to its end',
      }
    : null;
}

/** Whether none was made although it was due; known only to a backend that has been there all the while. */
function isOverdue(
  { now, watchedSince }: ClusterFacts,
  { tried, everyMs }: Reading,
  longerThanMs: number,
): boolean {
  const patienceMs = Math.max(longerThanMs, LATE_READINGS * everyMs);
  const lastMs = tried ? Date.parse(tried.lastAt) : 0;
  return now.getTime() - Math.max(lastMs, watchedSince.getTime()) > patienceMs;
}

/** Null when some of it was never read. */
function oldestReading(
  { readings }: ClusterFacts,
  unread: readonly Unread[],
): Instant | null {
  const readAts = unread.flatMap(({ kind }) => readings[kind].readAt ?? []);
  return readAts.length === unread.length ? readAts.sort(byTime)[0] : null;
}

function words(kinds: readonly CollectionKind[]): string {
  const all = kinds.map(kind => collected[kind].words);
  const last = all.slice(-1).join();
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${last}` : last;
}

/** Of kinds with one cause, the cause once. */
function observed(unread: readonly Unread[]): string {
  const causes = [...new Set(unread.map(({ why }) => why))];
  return causes
    .map(cause => {
      const own = unread.filter(({ why }) => why === cause);
      const [since] = own.map(each => each.since).sort(byTime);
      const kinds = words(own.map(({ kind }) => kind));
      return `Nothing new of its ${kinds} since ${utc(since)}: ${cause}`;
    })
    .join('. ');
}

function byTime(a: Instant, b: Instant): number {
  return Date.parse(a) - Date.parse(b);
}
