import {
  Actions,
  type ClusterDefinition,
  type RunFacts,
} from 'airflow-sandbox';
import {
  DAY,
  MINUTE,
  joined,
  type Action,
  type Hands,
  type Plan,
  type Span,
} from './actions';
import type { Random } from './Random';

type DagDefinition = ClusterDefinition['dags'][number];

/** A moment of a trial at which something befalls one of its clusters. */
interface Occasion {
  random: Random;
  cluster: ClusterDefinition;
  fromMs: number;
  /** Some minutes after it. */
  later(low: number, high: number): number;
  /** One of the DAGs to which nothing of the kind is being done. */
  pick(among?: (dag: DagDefinition) => boolean): DagDefinition;
}

type Befalls = (occasion: Occasion) => Omit<Plan, 'hidden'>;

const isTimed = ({ schedule }: DagDefinition) =>
  schedule.kind !== 'none' && schedule.kind !== 'assets';

/** What befalls a DAG, and how often in a day on each cluster. */
const kinds: { timesADay: number; befalls: Befalls }[] = [
  { timesADay: 0.6, befalls: fileTrouble('broken', 'import-error') },
  { timesADay: 0.6, befalls: fileTrouble('removed', 'dag-vanished') },
  { timesADay: 1.2, befalls: pause },
  { timesADay: 0.8, befalls: passedOver },
  { timesADay: 0.5, befalls: newSchedule },
  { timesADay: 3, befalls: startedByHand },
  { timesADay: 0.8, befalls: failsByHand },
  { timesADay: 0.6, befalls: oldRunFails },
  { timesADay: 0.4, befalls: oldDaysFilledIn },
  { timesADay: 0.5, befalls: newestDeleted },
];

/** What befalls single DAGs, their files and their runs, at any time. */
export function dagTroubles(
  random: Random,
  clusters: readonly ClusterDefinition[],
  { fromMs, days }: Span,
): Plan {
  const plans = clusters.flatMap(cluster =>
    kinds.flatMap(({ timesADay, befalls }) => {
      const untilMs = new Map<string, number>();
      const times = Math.max(1, Math.round(timesADay * days));
      const moments = Array.from(
        { length: times },
        () => fromMs + random.between(20, days * 24 * 60 - 60) * MINUTE,
      ).sort((a, b) => a - b);
      return moments.map(atMs => {
        const plan = befalls({
          random,
          cluster,
          fromMs: atMs,
          later: (low, high) => atMs + random.between(low, high) * MINUTE,
          pick: (among = () => true) => {
            const free = cluster.dags.filter(
              dag => among(dag) && (untilMs.get(dag.dagId) ?? 0) < atMs,
            );
            const [dag] = random.some(free, 1);
            untilMs.set(dag.dagId, atMs + 12 * 60 * MINUTE);
            return dag;
          },
        });
        return { ...plan, hidden: [] };
      });
    }),
  );
  return joined(plans);
}

function fileTrouble(state: 'broken' | 'removed', rule: string): Befalls {
  return ({ cluster, fromMs, later, pick }) => {
    const { relativeFile, dagId } = pick();
    const toMs = later(30, 240);
    const about = state === 'broken' ? relativeFile : dagId;
    return {
      actions: [
        {
          atMs: fromMs,
          what: `${relativeFile} of ${cluster.name} ${state}`,
          act: ({ control }) =>
            control.setFile(cluster.name, relativeFile, state),
        },
        {
          atMs: toMs,
          what: `${relativeFile} of ${cluster.name} whole`,
          act: ({ control }) =>
            control.setFile(cluster.name, relativeFile, 'whole'),
        },
      ],
      expected: [{ cluster: cluster.name, rule, about, fromMs, toMs }],
    };
  };
}

/** Somebody pauses a DAG in Airflow, and half of the time somebody else starts a run of it meanwhile. */
function pause({ random, cluster, fromMs, later, pick }: Occasion) {
  const { dagId } = pick();
  const isStarted = random.next() < 0.5;
  const set = (atMs: number, paused: boolean): Action => ({
    atMs,
    what: `${dagId} of ${cluster.name} ${paused ? 'paused' : 'unpaused'}`,
    act: hands =>
      actingOn(hands, cluster.name, dagId, (actions, dag) =>
        actions.setPaused(dag, paused, 'ada'),
      ),
  });
  const actions = [set(fromMs, true), set(later(20, 600), false)];
  if (isStarted) {
    actions.push({
      atMs: later(1, 15),
      what: `${dagId} of ${cluster.name} started while paused`,
      act: hands => start(hands, cluster.name, dagId),
    });
  }
  return { actions, expected: [] };
}

/** The scheduler runs and finds one DAG no more, as when it is not among the serialized ones. */
function passedOver({ cluster, fromMs, later, pick }: Occasion) {
  const { dagId } = pick(isTimed);
  const set = (atMs: number, isPassedOver: boolean): Action => ({
    atMs,
    what: `${dagId} of ${cluster.name} ${
      isPassedOver ? 'passed over' : 'found again'
    }`,
    act: ({ control }) =>
      control.setPassedOver(cluster.name, dagId, isPassedOver),
  });
  return {
    actions: [set(fromMs, true), set(later(30, 240), false)],
    expected: [],
  };
}

function newSchedule({ random, cluster, fromMs, later, pick }: Occasion) {
  const { dagId, schedule } = pick(dag => dag.schedule.kind === 'cron');
  const other = {
    kind: 'cron' as const,
    expression: `${random.between(0, 59)} */${random.between(1, 6)} * * *`,
    timezone: 'UTC',
    description: '',
  };
  const set = (atMs: number, to: DagDefinition['schedule']): Action => ({
    atMs,
    what: `${dagId} of ${cluster.name} scheduled as ${
      to.kind === 'cron' ? to.expression : to.kind
    }`,
    act: ({ control }) => control.setSchedule(cluster.name, dagId, to),
  });
  return {
    actions: [set(fromMs, other), set(later(60, 600), schedule)],
    expected: [],
  };
}

function startedByHand({ cluster, fromMs }: Occasion) {
  return {
    actions: [
      {
        atMs: fromMs,
        what: `by_hand of ${cluster.name} started`,
        act: (hands: Hands) => start(hands, cluster.name, 'by_hand'),
      },
    ],
    expected: [],
  };
}

type Repair = (actions: Actions, run: RunFacts, hands: Hands) => void;

const marks: Repair = (actions, run) => actions.markRun(run, 'success');
const deletes: Repair = (actions, run) => actions.deleteRun(run, 'ada');
const clears: Repair = (actions, run) => {
  const everything = {
    upstream: false,
    downstream: false,
    onlyFailed: true,
    onlyRunning: false,
  };
  actions.clear(run, actions.selectTasks(run, everything), true);
};

/** A run fails, and somebody sees to it: marks, clears or deletes it. */
function failsByHand({ random, cluster, fromMs, later }: Occasion) {
  const [repair] = random.some([marks, clears, deletes], 1);
  return failsUntil(cluster.name, 'by_hand', fromMs, later(20, 180), repair);
}

/** The same with a run for a date that is long past. */
function oldRunFails({ random, cluster, fromMs, later, pick }: Occasion) {
  const { dagId } = pick(dag => dag.schedule.kind === 'cron');
  const [repair] = random.some([marks, clears, deletes], 1);
  const dateMs = fromMs - random.between(3 * DAY, 12 * DAY);
  return failsUntil(
    cluster.name,
    dagId,
    fromMs,
    later(20, 300),
    repair,
    dateMs,
  );
}

function failsUntil(
  cluster: string,
  dagId: string,
  fromMs: number,
  toMs: number,
  repair: Repair,
  dateMs?: number,
) {
  let runId = '';
  return {
    actions: [
      {
        atMs: fromMs,
        what: `${dagId} of ${cluster} started, and fails`,
        act: (hands: Hands) => {
          runId = start(hands, cluster, dagId, { dateMs, fails: true });
        },
      },
      {
        atMs: toMs,
        what: `${dagId} of ${cluster} ${repair.name}`,
        act: (hands: Hands) =>
          actingOn(hands, cluster, dagId, (actions, dag) => {
            const run = hands.control.simulation(cluster).findRun(dag, runId);
            if (run) repair(actions, run, hands);
          }),
      },
    ],
    expected: [],
  };
}

/** A backfill, or on Airflow 2 runs of old dates, all of which succeed. */
function oldDaysFilledIn({ random, cluster, fromMs, pick }: Occasion) {
  const { dagId } = pick(dag => dag.schedule.kind === 'cron');
  const firstMs = fromMs - random.between(6 * DAY, 12 * DAY);
  return {
    actions: [
      {
        atMs: fromMs,
        what: `${dagId} of ${cluster.name} filled in`,
        act: (hands: Hands) => {
          for (const day of [0, 1, 2]) {
            start(hands, cluster.name, dagId, { dateMs: firstMs + day * DAY });
          }
        },
      },
    ],
    expected: [],
  };
}

/** Somebody deletes the newest run that has ended, whatever became of it. */
function newestDeleted({ cluster, fromMs, pick }: Occasion) {
  const { dagId } = pick(isTimed);
  return {
    actions: [
      {
        atMs: fromMs,
        what: `newest run of ${dagId} of ${cluster.name} deleted`,
        act: (hands: Hands) =>
          actingOn(hands, cluster.name, dagId, (actions, dag) => {
            const simulation = hands.control.simulation(cluster.name);
            const newest = simulation.overlay.newestTimed(dagId);
            const run = newest && simulation.findRun(dag, newest.runId);
            if (run?.endAt) actions.deleteRun(run, 'ada');
          }),
      },
    ],
    expected: [],
  };
}

/** Starts a run as somebody does who works in Airflow itself. */
function start(
  hands: Hands,
  cluster: string,
  dagId: string,
  { dateMs, fails = false }: { dateMs?: number; fails?: boolean } = {},
): string {
  const isThird = cluster === 'month-3';
  let runId = '';
  actingOn(hands, cluster, dagId, (actions, dag) => {
    const run = actions.trigger(dag, {
      logicalDate: dateMs ?? (isThird ? null : hands.now()),
      conf: fails ? { fail: true } : {},
      note: null,
      user: 'ada',
      runType: isThird && dateMs !== undefined ? 'backfill' : 'manual',
    });
    runId = run.runId;
  });
  return runId;
}

/** Nobody can act on a DAG that no file holds. */
function actingOn(
  { control }: Hands,
  cluster: string,
  dagId: string,
  act: (actions: Actions, dag: DagDefinition) => void,
): void {
  const simulation = control.simulation(cluster);
  const dag = simulation.dagBag.get(dagId);
  if (dag) act(new Actions(simulation), dag);
}
