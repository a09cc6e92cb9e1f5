import { inspect, parseArgs } from 'node:util';
import { startSandbox } from 'airflow-sandbox';
import { table } from '../../bench/statistics';
import { Receiver } from '../trouble/Receiver';
import { clusterTroubles } from './clusterTroubles';
import { dagTroubles } from './dagTroubles';
import { DAY, HOUR, MINUTE, joined, type Hands, type Plan } from './deeds';
import { monthFleet } from './fleet';
import type { Interval } from './Interval';
import { judge, type Verdict } from './judge';
import { MonthPortal } from './MonthPortal';
import { Random } from './Random';
import { liveAt } from './simulatedDate';
import { Watcher } from './Watcher';

const STEP = 5 * MINUTE;
const clusters = ['month-2', 'month-3'];
/** For the gate: the shortest time in which much of it happens. */
const SMOKE_DAYS = 8 / 24;

const { values: args } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    smoke: { type: 'boolean', default: false },
  },
});

/** Lives through a month of two simulated Airflows, and sets what the portal told beside what was so. */
async function main(): Promise<number> {
  const days = args.smoke ? SMOKE_DAYS : Number(args.days);
  const random = new Random(Number(args.seed));
  const span = { fromMs: Date.parse('2026-10-12T00:00:00Z'), days };
  const toMs = span.fromMs + days * DAY;
  const fleet = monthFleet(random, span);
  const plan = joined([
    clusterTroubles(random, clusters, span),
    dagTroubles(random, fleet.clusters, span),
  ]);

  let skewMs = 0;
  const now = () => Date.now() + skewMs;
  liveAt(span.fromMs);
  const sandbox = await startSandbox({ fleet, port: 0, now });
  const receiver = await Receiver.start();
  const portal = await MonthPortal.start({
    sandboxUrl: sandbox.url,
    clusters,
    webhookUrl: receiver.url,
    atMs: span.fromMs,
  });
  const hands: Hands = {
    control: sandbox,
    setSkew: ms => {
      skewMs = ms;
    },
    now,
  };
  const watcher = new Watcher(sandbox, clusters, span.fromMs);
  try {
    const live = liveThrough(plan, hands);
    for (let ms = span.fromMs; ms < toMs; ms += STEP) {
      live(ms);
      watcher.look(ms, skewMs);
      await portal.liveAt(ms);
      await Promise.all(
        clusters.map(name =>
          portal.refresh(name, ['health', 'inventory', 'runs']),
        ),
      );
      if (ms % (6 * HOUR) === 0)
        process.stderr.write(`${new Date(ms).toISOString()}\n`);
    }
    return report(
      judge({
        truth: [...plan.expected, ...watcher.intervals],
        told: await portal.told(),
        hidden: plan.hidden,
        // What is so at the first reading is told together, half an hour later at the most.
        during: { fromMs: span.fromMs + HOUR, toMs: toMs - HOUR },
        stepMs: STEP,
      }),
      plan,
    );
  } finally {
    await portal.stop();
    await receiver.stop();
    await sandbox.close();
  }
}

/** Does what is planned up to a moment, each thing at its own. */
function liveThrough({ deeds }: Plan, hands: Hands): (ms: number) => void {
  const left = [...deeds];
  return ms => {
    for (let next = left.at(0); next && next.atMs <= ms; next = left.at(0)) {
      left.shift();
      liveAt(Math.max(next.atMs, ms - STEP));
      next.act(hands);
    }
    liveAt(ms);
  };
}

function report(verdicts: readonly Verdict[], plan: Plan): number {
  const rows = verdicts.map(verdict => [
    verdict.rule,
    ...[verdict.expected, verdict.told, verdict.missed.length].map(String),
    String(verdict.falseAlarms.length),
    String(verdict.falseCalms.length),
    secondsOf(verdict.seconds),
    `${verdict.boundSeconds} s`,
    String(verdict.late.length),
  ]);
  const head = [
    'rule',
    'expected',
    'told',
    'missed',
    'false alarms',
    'false calms',
    'told after (median, longest)',
    'bound',
    'later',
  ];
  process.stdout.write(`${table(head, rows)}\n`);
  let wrong = 0;
  for (const { missed, falseAlarms, falseCalms, late } of verdicts) {
    wrong +=
      missed.length + falseAlarms.length + falseCalms.length + late.length;
    tellAll('missed', missed, plan);
    tellAll('false alarm', falseAlarms, plan);
    tellAll('false calm', falseCalms, plan);
    tellAll('later than it may', late, plan);
  }
  return wrong === 0 ? 0 : 1;
}

/** Each with what had been done to its cluster or its DAG on that day. */
function tellAll(
  what: string,
  intervals: readonly Interval[],
  { deeds }: Plan,
): void {
  const iso = (ms: number) =>
    ms === Infinity ? 'the end' : new Date(ms).toISOString().slice(0, 16);
  for (const { cluster, rule, about, fromMs, toMs } of intervals) {
    const told = [
      `${what}: ${rule} ${about} on ${cluster}, ${iso(fromMs)} to ${iso(toMs)}`,
    ];
    const [dagId] = about.split(/[ .]/);
    for (const deed of deeds) {
      const isNear = deed.atMs > fromMs - DAY / 2 && deed.atMs < fromMs + HOUR;
      const isOfIt =
        !deed.what.includes(' of ') ||
        deed.what.includes(`${dagId} of ${cluster} `);
      if (isNear && isOfIt) told.push(`  ${iso(deed.atMs)} ${deed.what}`);
    }
    process.stdout.write(`${told.join('\n')}\n`);
  }
}

function secondsOf(seconds: readonly number[]): string {
  if (seconds.length === 0) return '–';
  const sorted = [...seconds].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return `${Math.round(middle)} s, ${Math.round(sorted[sorted.length - 1])} s`;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${inspect(error)}\n`);
    process.exitCode = 1;
  },
);
