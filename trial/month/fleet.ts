import {
  generatedFleet,
  type ClusterDefinition,
  type FleetDefinition,
} from 'airflow-sandbox';
import { DAY, HOUR, MINUTE, type Span } from './actions';
import type { Random } from './Random';

type DagDefinition = ClusterDefinition['dags'][number];

/** Every kind of schedule that a month is to hold, with what makes each of them awkward. */
const kinds: Record<string, Partial<DagDefinition>> = {
  hourly: { schedule: cron('0 * * * *', 'UTC') },
  hourly_caught_up: { schedule: cron('20 * * * *', 'UTC'), catchup: true },
  quarterly: { schedule: cron('*/15 * * * *', 'UTC') },
  one_at_a_time: { schedule: cron('*/30 * * * *', 'UTC'), maxActiveRuns: 1 },
  daily_berlin: { schedule: cron('30 2 * * *', 'Europe/Berlin') },
  weekdays_new_york: { schedule: cron('0 6 * * 1-5', 'America/New_York') },
  interval: { schedule: { kind: 'interval', seconds: 2 * 3600 } },
  continuous: {
    schedule: { kind: 'continuous', seconds: 1800 },
    maxActiveRuns: 1,
  },
  timetable: {
    schedule: {
      ...cron('0 7,19 * * *', 'Asia/Tokyo'),
      timetable: 'CronTriggerTimetable',
    },
  },
  timetable_late: {
    schedule: {
      ...cron('10 */2 * * *', 'UTC'),
      timetable: 'LateTimetable',
      delaySeconds: 40 * 60,
    },
  },
  /** Its runs always last longer than its schedule. */
  outlasting: { schedule: cron('*/10 * * * *', 'UTC'), maxActiveRuns: 1 },
  outlasting_caught_up: {
    schedule: cron('*/20 * * * *', 'UTC'),
    maxActiveRuns: 1,
    catchup: true,
  },
  by_hand: { schedule: { kind: 'none', manualPerDay: 0 } },
  producer: { schedule: cron('5 */3 * * *', 'UTC') },
  consumer: { schedule: { kind: 'assets', uris: ['made'] } },
};

/** How long each run of a DAG takes that is to outlast its schedule. */
const OUTLASTS_MS = 25 * MINUTE;
/** Of these a run takes hours now and then. */
const slowNowAndThen = [
  'hourly',
  'hourly_caught_up',
  'quarterly',
  'one_at_a_time',
  'interval',
];

function cron(expression: string, timezone: string) {
  return { kind: 'cron' as const, expression, timezone, description: '' };
}

/** Two Airflows with a DAG of each kind, some of whose runs fail and some of which come late. */
export function monthFleet(random: Random, span: Span): FleetDefinition {
  const [second, third] = generatedFleet({
    clusters: 2,
    dagsPerCluster: 1,
  }).clusters;
  return {
    clusters: [
      cluster(random, { ...second, name: 'month-2', version: '2.11.2' }, span),
      cluster(random, { ...third, name: 'month-3', version: '3.3.2' }, span),
    ],
  };
}

function cluster(
  random: Random,
  base: ClusterDefinition,
  span: Span,
): ClusterDefinition {
  const [like] = base.dags;
  const usualMs = like.tasks.reduce((ms, task) => ms + task.seconds * 1_000, 0);
  const some = (count: number) =>
    Array.from(
      { length: Math.ceil(count) },
      () => span.fromMs + random.between(0, span.days * 24) * HOUR,
    );
  const startDate = span.fromMs - 3 * DAY;
  return {
    ...base,
    isLived: true,
    importErrors: [],
    dagWarnings: [],
    outages: [],
    dags: Object.entries(kinds).map(([dagId, kind]) => ({
      ...like,
      dagId,
      displayName: dagId,
      tags: [],
      pausedSince: undefined,
      hasImportErrors: false,
      stale: false,
      maxActiveRuns: 16,
      failureRate: 0.01,
      retryRate: 0.05,
      delays: [],
      startDate,
      relativeFile: `${dagId}.py`,
      tasks: like.tasks.map((task, i) => ({
        ...task,
        outlets:
          dagId === 'producer' && i === like.tasks.length - 1 ? ['made'] : [],
      })),
      ...kind,
      slowdowns: dagId.startsWith('outlasting')
        ? [{ from: startDate, factor: OUTLASTS_MS / usualMs }]
        : some(slowNowAndThen.includes(dagId) ? span.days / 4 : 0).map(
            from => ({
              from,
              to: from + HOUR,
              factor: (random.between(2, 5) * HOUR) / usualMs,
            }),
          ),
      incidents: some(span.days / 4).map(from => ({
        from,
        to: from + random.between(1, 12) * HOUR,
        taskId: like.tasks[0].taskId,
        error: like.error,
      })),
    })),
  };
}
