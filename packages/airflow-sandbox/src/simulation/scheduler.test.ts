import { dag as aDag, cron, pools, task } from '../fleet/builders';
import { ClusterDefinition, DagDefinition } from '../fleet/types';
import { createSandbox } from '../server';
import { RunFacts } from './run';
import { RunQueries } from './runQuery';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-10-12T00:00:00Z');

function living(version: string, more: Partial<DagDefinition>) {
  let now = START;
  const short = task('work', [], { seconds: 60, retries: 0 });
  const definition: ClusterDefinition = {
    name: 'alive',
    version,
    reachable: true,
    dataIntervals: version.startsWith('2'),
    dagsFolder: '/dags',
    dags: [
      aDag(START, 'watched', 'team', cron('0 * * * *', ''), [short], {
        startDate: START,
        failureRate: 0,
        retryRate: 0,
        ...more,
      }),
      aDag(
        START,
        'follows',
        'team',
        { kind: 'assets', uris: ['made'] },
        [short],
        { startDate: START },
      ),
    ],
    pools: pools(),
    importErrors: [],
    dagWarnings: [],
    outages: [],
    isLived: true,
  };
  const { control } = createSandbox({
    fleet: { clusters: [definition] },
    now: () => now,
  });
  const simulation = () => control.simulation('alive');
  const runsOf = (dagId: string) => {
    const [dag] = simulation().dagBag.named(dagId);
    return simulation()
      .refs(dag, 0, Infinity)
      .map(ref => simulation().facts(ref));
  };
  return {
    control,
    simulation,
    pause(paused: boolean) {
      simulation().overlay.setPaused('watched', paused, now);
    },
    until(hours: number) {
      now = START + hours * HOUR;
      simulation();
    },
    /** For what hours after the start there is a run. */
    hours: (dagId = 'watched') =>
      runsOf(dagId).map(({ runAfter }) => (runAfter - START) / HOUR),
    runs: () => runsOf('watched'),
    states: () => runsOf('watched').map(({ state }) => state),
    /** What is announced, in hours after the start. */
    next: () => {
      const next = simulation().nextRun(
        simulation().dagBag.named('watched')[0],
      );
      return next && (next.runAfter - START) / HOUR;
    },
  };
}

const slow = {
  maxActiveRuns: 1,
  slowdowns: [
    { from: START + 2 * HOUR, to: START + 2 * HOUR + 1, factor: 150 },
  ],
};

describe.each(['2.11.2', '3.3.2'])('a living Airflow %s', version => {
  it('makes a run when it is due, and announces the next', () => {
    const airflow = living(version, {});
    airflow.until(3.5);
    expect(airflow.hours()).toEqual([1, 2, 3]);
    expect(airflow.next()).toBe(4);
  });

  it.each([
    [true, [1, 2, 3, 4, 5, 6]],
    [false, [1, 2, 6]],
  ])(
    'after a dead scheduler, with catch-up %s, makes %j',
    (catchup, expected) => {
      const airflow = living(version, { catchup });
      airflow.until(2.5);
      airflow.control.setComponent('alive', 'scheduler', START + 2.5 * HOUR);
      airflow.until(6.2);
      expect(airflow.hours()).toEqual([1, 2]);
      airflow.control.setComponent('alive', 'scheduler', null);
      airflow.until(6.3);
      expect(airflow.hours()).toEqual(expected);
    },
  );

  it.each([
    [true, [1, 2, 3, 4, 5, 6]],
    [false, [1, 2, 6]],
  ])('after a pause, with catch-up %s, makes %j', (catchup, expected) => {
    const airflow = living(version, { catchup });
    airflow.until(2.5);
    airflow.pause(true);
    airflow.until(6.2);
    airflow.pause(false);
    airflow.until(6.3);
    expect(airflow.hours()).toEqual(expected);
  });

  it.each([
    [true, [1, 2, 3, 4, 5]],
    [false, [1, 2, 5]],
  ])(
    'holds back by max_active_runs, with catch-up %s: %j',
    (catchup, expected) => {
      const airflow = living(version, { ...slow, catchup });
      airflow.until(4.1);
      expect(airflow.hours()).toEqual([1, 2]);
      expect(airflow.states()).toEqual(['success', 'running']);
      expect(airflow.next() === undefined).toBe(version === '2.11.2');
      airflow.until(5.5);
      expect(airflow.hours()).toEqual(expected);
    },
  );

  it('starts a continuous DAG anew as soon as it has ended', () => {
    const airflow = living(version, {
      schedule: { kind: 'continuous', seconds: 1200 },
      maxActiveRuns: 1,
    });
    airflow.until(2);
    expect(airflow.hours().length).toBeGreaterThanOrEqual(5);
    expect(airflow.hours().length).toBeLessThanOrEqual(7);
    expect(airflow.states().filter(state => state === 'running')).toHaveLength(
      1,
    );
  });

  it.each([
    ['a continuous DAG', { kind: 'continuous', seconds: 1800 }],
    ['an hourly one', cron('0 * * * *', '')],
  ] as const)('tells each change of a run of %s', (_what, schedule) => {
    const airflow = living(version, { schedule, maxActiveRuns: 1 });
    const asked: string[] = [];
    const changed: string[] = [];
    for (let hours = 0.25; hours <= 6; hours += 0.25) {
      airflow.until(hours);
      const from = START + (hours - 0.25) * HOUR;
      const dags = airflow.simulation().dagBag.named('watched');
      const queries = new RunQueries(airflow.simulation());
      const idsOf = (runs: readonly RunFacts[]) =>
        runs.map(({ runId, state }) => `${hours} ${runId} ${state}`);
      asked.push(...idsOf(queries.scan({ dags, updatedAt: { from } })));
      const isChanged = ({ updatedAt }: RunFacts) => updatedAt >= from;
      changed.push(...idsOf(airflow.runs().filter(isChanged)));
    }
    expect(asked).toEqual(changed);
    expect(changed.length).toBeGreaterThan(4);
  });

  it('makes the run of a timetable that waits when it has waited', () => {
    const airflow = living(version, {
      schedule: {
        kind: 'cron',
        expression: '0 * * * *',
        timezone: 'UTC',
        description: '',
        timetable: 'LateTimetable',
        delaySeconds: 1800,
      },
    });
    airflow.until(2.4);
    expect(airflow.hours()).toEqual([1.5]);
    expect(airflow.next()).toBe(2.5);
  });

  it('follows what its producer writes, but for a paused DAG', () => {
    const airflow = living(version, {
      tasks: [task('work', [], { seconds: 60, outlets: ['made'] })],
    });
    airflow.until(2.5);
    expect(airflow.hours('follows')).toHaveLength(2);
    airflow.simulation().overlay.setPaused('follows', true, START + 2.5 * HOUR);
    airflow.until(4.5);
    airflow
      .simulation()
      .overlay.setPaused('follows', false, START + 4.5 * HOUR);
    airflow.until(5.5);
    expect(airflow.hours('follows')).toHaveLength(3);
  });

  it('makes no run of a broken file, and lets a new schedule count', () => {
    const airflow = living(version, {});
    airflow.until(1.5);
    airflow.control.setFile('alive', 'team/watched.py', 'broken');
    airflow.until(2.5);
    expect(airflow.hours()).toEqual([1]);
    airflow.control.setFile('alive', 'team/watched.py', 'whole');
    airflow.control.setSchedule(
      'alive',
      'watched',
      cron('30 */2 * * *', 'half past'),
    );
    airflow.until(2.6);
    expect(airflow.next()).toBe(4.5);
  });

  it('goes on when another schedule cuts its intervals anew', () => {
    const airflow = living(version, {});
    airflow.until(11.5);
    airflow.control.setSchedule(
      'alive',
      'watched',
      cron('30 */6 * * *', 'coarse'),
    );
    airflow.until(19);
    expect(airflow.hours().slice(10)).toEqual([11, 12.5, 18.5]);
  });

  it('undoes nothing when its clock is set back', () => {
    const airflow = living(version, {});
    airflow.until(3.5);
    airflow.until(2.5);
    expect(airflow.hours()).toEqual([1, 2, 3]);
    airflow.until(4.2);
    expect(airflow.hours()).toEqual([1, 2, 3, 4]);
  });

  it('makes a run anew that was deleted while it was the newest', () => {
    const airflow = living(version, {});
    airflow.until(3.5);
    const { overlay } = airflow.simulation();
    const newest = overlay.newestTimed('watched');
    overlay.deleteRun('watched', newest?.runId ?? '', START + 3 * HOUR);
    airflow.until(3.6);
    expect(airflow.hours()).toEqual([1, 2, 3]);
    expect(overlay.newestTimed('watched')).not.toBe(newest);
  });

  it('passes over a DAG that it cannot find', () => {
    const airflow = living(version, {});
    airflow.until(1.5);
    airflow.control.setPassedOver('alive', 'watched', true);
    airflow.until(3.5);
    expect(airflow.hours()).toEqual([1]);
    airflow.control.setPassedOver('alive', 'watched', false);
    airflow.until(3.6);
    expect(airflow.hours()).toEqual([1, 3]);
  });
});
