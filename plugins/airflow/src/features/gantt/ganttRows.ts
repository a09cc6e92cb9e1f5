import {
  isUnderWay,
  leadingState,
  type TaskInstance,
  type TaskState,
  type TaskTry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { inRunOrder } from '../taskViews';

/** Something that went on for a time; `to` is null while it goes on. */
export interface Span {
  from: number;
  to: number | null;
  state: TaskState;
  tryNumber: number;
}

/** A row of the chart: a task, a mapped task as a whole, or one instance of it. */
export interface GanttRow {
  id: string;
  taskId: string;
  /** -1 for a task as a whole. */
  mapIndex: number;
  label: string;
  state: TaskState;
  /** The attempts, the last of them last. */
  spans: Span[];
  /** In the queue, before the last attempt. */
  wait: { from: number; to: number | null } | null;
  /** How many instances it stands for; null for one task. */
  instances: number | null;
  isOpen: boolean;
}

/** Names an instance among those of a run. */
export function instanceKey(one: { taskId: string; mapIndex: number }): string {
  return JSON.stringify([one.taskId, one.mapIndex]);
}

/** The task instances of a run in the order in which they began; those of a mapped task only when it is unfolded. */
export function ganttRows(
  instances: readonly TaskInstance[],
  unfolded: ReadonlySet<string>,
  /** Attempts before the last, of those for which they were asked. */
  tries: ReadonlyMap<string, readonly TaskTry[]> = new Map(),
): GanttRow[] {
  const byTask = new Map<string, TaskInstance[]>();
  for (const one of inRunOrder(instances)) {
    const own = byTask.get(one.taskId);
    if (own) own.push(one);
    else byTask.set(one.taskId, [one]);
  }
  return [...byTask.values()].flatMap(own => {
    const rows = own.map(one => instanceRow(one, tries));
    if (own[0].mapIndex === -1 && own.length === 1) return rows;
    const isOpen = unfolded.has(own[0].taskId);
    const whole = wholeRow(own[0], rows, isOpen);
    return isOpen ? [whole, ...rows] : [whole];
  });
}

function instanceRow(
  one: TaskInstance,
  tries: ReadonlyMap<string, readonly TaskTry[]>,
): GanttRow {
  const { taskId, mapIndex, state, startedAt, endedAt, queuedAt } = one;
  const { tryNumber } = one;
  const id = instanceKey(one);
  const earlier = (tries.get(id) ?? []).filter(
    tried => tried.tryNumber < tryNumber,
  );
  const spans = [...earlier, { tryNumber, state, startedAt, endedAt }].flatMap(
    (tried): Span[] =>
      tried.startedAt === null
        ? []
        : [
            {
              from: Date.parse(tried.startedAt),
              to: endOf(tried.state, tried.startedAt, tried.endedAt),
              state: tried.state,
              tryNumber: tried.tryNumber,
            },
          ],
  );
  const queued = momentOf(queuedAt);
  const started = momentOf(startedAt);
  const isWaiting = state === 'queued' || state === 'scheduled';
  return {
    id,
    taskId,
    mapIndex,
    label:
      mapIndex < 0 ? one.displayName : `[${one.mapLabel ?? String(mapIndex)}]`,
    state,
    spans,
    wait:
      queued !== null && (isWaiting || (started !== null && started > queued))
        ? { from: queued, to: isWaiting ? null : started }
        : null,
    instances: null,
    isOpen: false,
  };
}

/** From the first begin to the last end of its instances. */
function wholeRow(
  { taskId, displayName }: TaskInstance,
  rows: readonly GanttRow[],
  isOpen: boolean,
): GanttRow {
  const spans = rows.flatMap(row => row.spans);
  const state = leadingState(rows.map(row => row.state));
  const ends = spans.map(({ to }) => to);
  return {
    id: JSON.stringify([taskId]),
    taskId,
    mapIndex: -1,
    label: displayName,
    state,
    spans:
      spans.length === 0
        ? []
        : [
            {
              from: least(spans.map(({ from }) => from)),
              to: ends.includes(null) ? null : most(ends),
              state,
              tryNumber: most(spans.map(({ tryNumber }) => tryNumber)) ?? 1,
            },
          ],
    wait: null,
    instances: rows.length,
    isOpen,
  };
}

/** The time that the chart covers. */
export function ganttRange(
  rows: readonly GanttRow[],
  now: number,
): { from: number; to: number } | undefined {
  const spans = rows.flatMap(({ spans: own, wait }) =>
    wait ? [...own, wait] : own,
  );
  if (spans.length === 0) return undefined;
  const from = least(spans.map(span => span.from));
  const to = most(spans.map(span => span.to ?? now)) ?? now;
  return { from, to: Math.max(to, from + 1_000) };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const steps = [
  ...[1, 2, 5, 10, 30].map(count => count * SECOND),
  ...[1, 2, 5, 10, 30].map(count => count * MINUTE),
  ...[1, 2, 6, 12, 24, 48, 168].map(count => count * HOUR),
];

/** Round lengths of time since the begin of the chart, at which it has lines; no more of them than fit beside each other. */
export function ganttTicks(lengthMs: number, count: number): number[] {
  const step = steps.find(one => lengthMs / one <= count) ?? lengthMs / count;
  const lines = Math.floor(lengthMs / step) + 1;
  return Array.from({ length: lines }, (_, at) => at * step);
}

/**
 * What is under way has no end yet, though it may keep that of the try before; what is over has one, though Airflow may
 * have left it out, or set it before the start.
 */
function endOf(
  state: TaskState,
  startedAt: string,
  endedAt: string | null,
): number | null {
  if (isUnderWay(state)) return null;
  return Math.max(Date.parse(startedAt), momentOf(endedAt) ?? 0);
}

function momentOf(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (a, b) => (a === null || (b !== null && b > a) ? b : a),
    null,
  );
}
