import { table } from '../../bench/statistics';
import { DAY, HOUR, type Plan } from './actions';
import { overlaps, type Interval } from './Interval';
import type { Verdict } from './judge';

/** What was planned, was so and was told. */
export interface Lived {
  plan: Plan;
  truth: readonly Interval[];
  told: readonly Interval[];
  verdicts: readonly Verdict[];
}

/** The kinds of alerts, one a row. */
export function inATable(verdicts: readonly Verdict[]): string {
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
  return `${table(head, rows)}\n`;
}

/** What was not told as it was, each in some lines, the first of which names it. */
export function wrongOf(lived: Lived): string[] {
  return lived.verdicts.flatMap(({ missed, falseAlarms, falseCalms, late }) => [
    ...missed.map(one => inLines('missed', one, lived)),
    ...falseAlarms.map(one => inLines('false alarm', one, lived)),
    ...falseCalms.map(one => inLines('false calm', one, lived)),
    ...late.map(one => inLines('later than it may', one, lived)),
  ]);
}

/** Each with what was done to its cluster or its DAG on that day, and what was so and told of the same. */
function inLines(
  what: string,
  one: Interval,
  { plan, truth, told }: Lived,
): string {
  const [dagId] = one.about.split(/[ .]/);
  const day = { fromMs: one.fromMs - DAY / 2, toMs: one.fromMs + HOUR };
  const isOfSame = (other: Interval) =>
    other.cluster === one.cluster &&
    other.about.split(/[ .]/)[0] === dagId &&
    overlaps(other, day);
  const isDoneToIt = (action: Plan['actions'][number]) =>
    action.atMs > day.fromMs &&
    action.atMs < day.toMs &&
    (!action.what.includes(' of ') ||
      action.what.includes(`${dagId} of ${one.cluster} `));
  const lines = [
    ...plan.actions.filter(isDoneToIt).map(action => ({
      atMs: action.atMs,
      text: action.what,
    })),
    ...truth.filter(isOfSame).map(other => ({
      atMs: other.fromMs,
      text: `so: ${inWords(other)}`,
    })),
    ...told.filter(isOfSame).map(other => ({
      atMs: other.fromMs,
      text: `told: ${inWords(other)}`,
    })),
  ].sort((a, b) => a.atMs - b.atMs);
  return [
    `${what}: ${inWords(one)}`,
    ...lines.map(({ atMs, text }) => `  ${minute(atMs)} ${text}`),
  ].join('\n');
}

function inWords({ cluster, rule, about, fromMs, toMs, said }: Interval) {
  const words = said ? `: ${said}` : '';
  return `${rule} ${about} on ${cluster}, ${minute(fromMs)} to ${minute(
    toMs,
  )}${words}`;
}

function minute(ms: number): string {
  return ms === Infinity ? 'the end' : new Date(ms).toISOString().slice(0, 16);
}

function secondsOf(seconds: readonly number[]): string {
  if (seconds.length === 0) return '–';
  const sorted = [...seconds].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return `${Math.round(middle)} s, ${Math.round(sorted[sorted.length - 1])} s`;
}
