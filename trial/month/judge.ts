import type { Hidden } from './actions';
import { isSameTrouble, overlaps, type Interval } from './Interval';

/** What became of what had to be told of one kind. */
export interface Verdict {
  rule: string;
  expected: number;
  told: number;
  missed: Interval[];
  /** Told and never so. */
  falseAlarms: Interval[];
  /** Told as over while it was so. */
  falseCalms: Interval[];
  /** Told after more than `boundSeconds`. */
  late: Interval[];
  boundSeconds: number;
  /** From the begin of what is so, or of when it could be known, until it is told. */
  seconds: number[];
}

interface Judged {
  /** What was so. */
  truth: readonly Interval[];
  /** From the notice that it fires to the notice that it is over. */
  told: readonly Interval[];
  hidden: readonly Hidden[];
  /** What began outside of it is not counted. */
  during: { fromMs: number; toMs: number };
  /** Between two readings. */
  stepMs: number;
}

/** How far what is told may lag behind what is so. */
const LAG_MS = 25 * 60_000;
/** What lasts shorter need not be told. */
const SHORTEST_MS = 15 * 60_000;

/** What a rule waits for by its own definition, in seconds; where it waits for nothing it is left out. */
const waits: Record<string, number> = {
  'cluster-unreachable': 60,
  'component-unhealthy': 60 + 30,
  'clock-skew': 120,
  'dags-vanished': 60,
  'readings-failing': 600,
};

/** Sets what was told beside what was so. */
export function judge(judged: Judged): Verdict[] {
  const { truth, told, during, stepMs } = judged;
  const hidden = [...judged.hidden, ...truth.flatMap(hiddenBy)];
  const counts = ({ fromMs }: Interval) =>
    fromMs >= during.fromMs && fromMs < during.toMs;
  const counted = [...truth, ...told].filter(counts);
  const rules = [...new Set(counted.map(({ rule }) => rule))];
  return rules.sort().map(rule => {
    const ownTruth = truth.filter(one => one.rule === rule);
    const ownTold = told.filter(one => one.rule === rule && counts(one));
    const due = ownTruth
      .filter(counts)
      .map(one => whenSeen(one, hidden, stepMs))
      .filter(({ fromMs, toMs }) => toMs - fromMs >= SHORTEST_MS)
      .filter(({ fromMs }) => fromMs < during.toMs);
    const pairs = due.map(one => ({ one, telling: tellingOf(one, told) }));
    const boundSeconds = (waits[rule] ?? 0) + (2 * stepMs) / 1_000;
    const after = ({ one, telling }: (typeof pairs)[number]) =>
      telling ? Math.max(0, telling.fromMs - one.fromMs) / 1_000 : 0;
    return {
      rule,
      expected: due.length,
      told: ownTold.length,
      missed: pairs.filter(({ telling }) => !telling).map(({ one }) => one),
      falseAlarms: ownTold.filter(
        one =>
          !ownTruth.some(
            other =>
              isSameTrouble(one, other) &&
              overlaps(one, { ...other, toMs: other.toMs + LAG_MS }),
          ),
      ),
      falseCalms: ownTold.filter(one =>
        ownTruth.some(
          other =>
            isSameTrouble(one, other) &&
            other.fromMs < one.toMs - LAG_MS &&
            other.toMs > one.toMs + LAG_MS,
        ),
      ),
      late: pairs.filter(pair => after(pair) > boundSeconds).map(p => p.one),
      boundSeconds,
      seconds: pairs.filter(({ telling }) => telling).map(after),
    };
  });
}

function tellingOf(
  one: Interval,
  told: readonly Interval[],
): Interval | undefined {
  return told.find(
    other =>
      (isSameTrouble(one, other) || isTold(one, other)) && overlaps(one, other),
  );
}

/** One cause, one notice: a DAG that takes too long is told, and not that it misses runs. */
function hiddenBy({ rule, cluster, about, fromMs, toMs }: Interval): Hidden[] {
  const [dagId] = about.split(' ');
  return rule === 'run-too-long'
    ? [{ cluster, rules: ['run-missed'], dagId, fromMs, toMs }]
    : [];
}

const ofFailures = ['run-failed', 'failures-in-a-row'];

/** That a DAG failed and that it keeps failing is told once. */
function isTold(failed: Interval, other: Interval): boolean {
  return (
    ofFailures.includes(failed.rule) &&
    ofFailures.includes(other.rule) &&
    failed.cluster === other.cluster &&
    failed.about === other.about
  );
}

/** What began while nobody could see it, or just before, can be told from the end of that on. */
function whenSeen(
  one: Interval,
  hidden: readonly Hidden[],
  stepMs: number,
): Interval {
  const hiding = hidden.find(
    span =>
      span.cluster === one.cluster &&
      span.rules.includes(one.rule) &&
      (span.dagId === undefined || span.dagId === one.about) &&
      span.fromMs <= one.fromMs + 2 * stepMs &&
      span.toMs + 2 * stepMs > one.fromMs,
  );
  if (!hiding) return one;
  const fromMs = hiding.toMs + 2 * stepMs;
  return whenSeen({ ...one, fromMs }, hidden, stepMs);
}
