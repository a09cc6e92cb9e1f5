import {
  DAY,
  HOUR,
  MINUTE,
  joined,
  type Hands,
  type Hidden,
  type Plan,
  type Span,
} from './actions';
import type { Random } from './Random';

const ofRuns = [
  'run-failed',
  'failures-in-a-row',
  'older-run-failed',
  'run-too-long',
  'run-stuck-queued',
  'run-missed',
];
/** An Airflow 2. */
const SECOND = 'month-2';
/** So long a run may be queued. */
const QUEUED_MS = 15 * MINUTE;

const ofDags = ['import-error', 'dag-vanished', 'dags-vanished'];
const ofClusters = ['component-unhealthy', 'readings-failing', 'clock-skew'];

/** How a cluster may be ill: what begins and ends it, what is to be told of it, and what it hides. */
interface Illness {
  begin(hands: Hands): void;
  end(hands: Hands): void;
  rule: string;
  about: string;
  hides: readonly string[];
}

const illnesses: ((cluster: string) => Illness)[] = [
  cluster => ({
    begin: ({ control }) => control.setReachable(cluster, false),
    end: ({ control }) => control.setReachable(cluster, true),
    rule: 'cluster-unreachable',
    about: '',
    hides: [...ofRuns, ...ofDags, ...ofClusters],
  }),
  cluster => ({
    begin: hands =>
      hands.control.setComponent(cluster, 'scheduler', hands.now()),
    end: ({ control }) => control.setComponent(cluster, 'scheduler', null),
    rule: 'component-unhealthy',
    about: 'scheduler',
    hides: ['run-missed', 'run-too-long', 'run-stuck-queued'],
  }),
  cluster => {
    let fault = '';
    return {
      begin: ({ control }) => {
        fault = control.addFault({
          cluster,
          path: '/dagRuns',
          kind: 'status',
          status: 503,
        }).id;
      },
      end: ({ control }) => {
        control.removeFault(fault);
      },
      rule: 'readings-failing',
      about: '',
      hides: ofRuns,
    };
  },
  cluster => ({
    begin: ({ control }) => control.setPassword(cluster, 'admin', 'another'),
    end: ({ control }) => control.setPassword(cluster, 'admin', 'admin'),
    rule: 'readings-failing',
    about: '',
    hides: [...ofRuns, ...ofDags],
  }),
  cluster => ({
    begin: ({ control }) => control.setEmptied(cluster, true),
    end: ({ control }) => control.setEmptied(cluster, false),
    rule: 'dags-vanished',
    about: '',
    hides: ['import-error', 'dag-vanished', 'run-missed'],
  }),
];

/** Illnesses of whole clusters, two a day, each in a part of the day of its own so that none hides another. */
export function clusterTroubles(
  random: Random,
  clusters: readonly string[],
  span: Span,
): Plan {
  const plans: Plan[] = [];
  for (let day = 0; day < span.days; day += 1) {
    const dayMs = span.fromMs + day * DAY;
    for (const cluster of clusters) {
      random.some(illnesses, 2).forEach((illness, part) => {
        const fromMs =
          dayMs + part * 9 * HOUR + random.between(20, 180) * MINUTE;
        const toMs = fromMs + random.between(25, 150) * MINUTE;
        const plan = planOf(cluster, illness(cluster), fromMs, toMs);
        plans.push(plan);
        if (cluster === SECOND) {
          plan.hidden.push(...plan.hidden.flatMap(hiddenWhileQueued));
        }
      });
    }
    if (day % 3 === 2) plans.push(clockApart(random, clusters, dayMs));
  }
  return joined(plans);
}

function planOf(
  cluster: string,
  { begin, end, rule, about, hides }: Illness,
  fromMs: number,
  toMs: number,
): Plan {
  const hidden: Hidden = { cluster, rules: hides, fromMs, toMs };
  return {
    actions: [
      { atMs: fromMs, what: `${cluster}: ${rule} begins`, act: begin },
      { atMs: toMs, what: `${cluster}: ${rule} ends`, act: end },
    ],
    expected: [{ cluster, rule, about, fromMs, toMs }],
    hidden: [hidden],
  };
}

/**
 * Airflow 2 does not tell since when a run is queued, so what is queued while it cannot be read counts from the first
 * reading after that. What is hidden can be told from ten minutes after it on.
 */
function hiddenWhileQueued({ rules, ...hidden }: Hidden): Hidden[] {
  if (!rules.includes('run-failed')) return [];
  return [
    {
      ...hidden,
      rules: ['run-stuck-queued'],
      fromMs: hidden.fromMs + QUEUED_MS,
      toMs: hidden.toMs + QUEUED_MS - 10 * MINUTE,
    },
  ];
}

/** The clock of the machine on which all simulated Airflows run. */
function clockApart(
  random: Random,
  clusters: readonly string[],
  dayMs: number,
): Plan {
  const fromMs = dayMs + 19 * HOUR;
  const toMs = fromMs + random.between(60, 200) * MINUTE;
  const skewMs =
    (random.next() < 0.5 ? -1 : 1) * random.between(4, 20) * MINUTE;
  return {
    actions: [
      {
        atMs: fromMs,
        what: `clocks apart by ${skewMs / MINUTE} min`,
        act: hands => hands.setSkew(skewMs),
      },
      { atMs: toMs, what: 'clocks right', act: hands => hands.setSkew(0) },
    ],
    expected: clusters.map(cluster => ({
      cluster,
      rule: 'clock-skew',
      about: '',
      fromMs,
      toMs,
    })),
    hidden: [],
  };
}
