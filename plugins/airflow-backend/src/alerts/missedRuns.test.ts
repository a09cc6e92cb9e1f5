import { emptyStores, testDatabases } from '../__testUtils__/databases';
import { MissedWatch } from '../__testUtils__/MissedWatch';
import {
  everyDelta,
  everyMinutes,
  ModelAirflow,
  type ModelOptions,
} from '../__testUtils__/ModelAirflow';
import type { Stores } from '../store';

const MINUTE = 60_000;
const start = Date.parse('2026-11-24T00:00:00.000Z');
const databases = testDatabases();

/** A DAG that does what it should. */
const usual: ModelOptions = {
  version: 3,
  beats: everyMinutes(60),
  catchup: false,
  maxActiveRuns: 16,
  tookMs: () => 2 * MINUTE,
};

/** Since when the DAG is there, before the portal is. */
type Options = Partial<ModelOptions & { behindMs: number }>;

type Events = Parameters<MissedWatch['watch']>[1];

/** The whole Airflow is down, so nothing is announced anew. */
const down = (airflow: ModelAirflow) => {
  airflow.schedulerLives = false;
  airflow.processorLives = false;
};
/** The DAG processor goes on, and announces what nobody makes. */
const schedulerDown = (airflow: ModelAirflow) => {
  airflow.schedulerLives = false;
};
const up = (airflow: ModelAirflow) => {
  airflow.schedulerLives = true;
  airflow.processorLives = true;
};
const pause = (airflow: ModelAirflow) => {
  airflow.paused = true;
};
const unpause = (airflow: ModelAirflow) => {
  airflow.paused = false;
};
const change = (beats: ModelOptions['beats']) => (airflow: ModelAirflow) => {
  airflow.beats = beats;
};

const lost = (moments: string) =>
  `Airflow does not make up for what it passed over: ${moments}`;

describe.each(databases.eachSupportedId())('missed runs on %s', id => {
  let stores: Stores;

  beforeEach(async () => {
    stores = await emptyStores(databases, id);
  });

  const watch = (
    { behindMs = 0, ...options }: Options,
    minutes: number,
    events: Events = {},
    every?: Parameters<MissedWatch['watch']>[2],
  ) => {
    const airflow = new ModelAirflow(
      { ...usual, ...options },
      start - behindMs,
    );
    return new MissedWatch(stores, airflow, start).watch(
      minutes,
      events,
      every,
    );
  };

  const delayed = { ...everyMinutes(60), delayMs: 30 * MINUTE };
  /** What is announced is asked for too seldom to see all that is. */
  const seldom = { runs: 5, inventory: 15 };
  const long = { maxActiveRuns: 1, tookMs: () => 25 * MINUTE };
  const backlog = {
    beats: everyMinutes(20),
    catchup: true,
    behindMs: 48 * 60 * MINUTE,
    ...long,
  };

  it('counts a run that somebody deleted from when it is announced anew', async () => {
    const at = (minute: number) => new Date(start + minute * MINUTE);
    const airflow = new ModelAirflow(usual, start);
    airflow.tick(start);
    const announced = airflow.dag('watched');
    await stores.dags.save('prod', [announced], at(0));
    airflow.tick(start + 61 * MINUTE);
    const [run] = airflow.runs('watched', start + 61 * MINUTE);
    await stores.runs.save('prod', [run], at(61));
    await stores.runs.remove('prod', run);
    const due = () =>
      stores.promisedRuns.due('prod', { from: at(0), to: at(70) });
    expect(await due()).toEqual([]);

    await stores.dags.save('prod', [announced], at(65));
    expect(await due()).toEqual([
      expect.objectContaining({ announcedAt: at(65).toISOString() }),
    ]);
  });

  describe.each([2, 3] as const)('of Airflow %s', version => {
    it.each<[string, Options, number, Events, typeof seldom?]>([
      ['runs come in time', {}, 130, {}],
      [
        'a run outlasts its schedule, and may be alone (T29)',
        { beats: everyMinutes(1), ...long },
        70,
        {},
      ],
      [
        'a run outlasts its schedule, and those after it are caught up with',
        { beats: everyMinutes(20), catchup: true, ...long },
        130,
        {},
      ],
      ['it catches up with days, one run at a time', backlog, 130, {}],
      [
        'somebody starts a run that takes the only place',
        { maxActiveRuns: 1 },
        150,
        { 50: (airflow, now) => airflow.trigger(now, 40 * MINUTE) },
      ],
      [
        'it runs continuously',
        { beats: 'continuous', maxActiveRuns: 1, tookMs: () => 30 * MINUTE },
        100,
        {},
      ],
      [
        'it is paused, and unpaused when runs were due meanwhile',
        {},
        400,
        { 30: pause, 350: unpause },
      ],
      [
        'the same, and Airflow catches up',
        { catchup: true },
        400,
        { 30: pause, 350: unpause },
      ],
      [
        'it was paused just before a run was due, and no inventory knows yet',
        {},
        90,
        { 59: pause },
        seldom,
      ],
      [
        'its schedule was changed just before a run was due',
        {},
        200,
        { 59: change(everyMinutes(24 * 60)) },
        seldom,
      ],
      [
        'its schedule was changed while a run was overdue',
        {},
        100,
        { 59: schedulerDown, 65: change(everyMinutes(24 * 60)), 66: up },
      ],
      [
        'the same, and what the old one announced is told beside the new one for a while',
        {},
        100,
        { 59: down, 65: change(everyMinutes(24 * 60)), 67: up },
      ],
      [
        'its end date has come',
        {},
        200,
        {
          70: airflow => {
            airflow.endsAt = start + 80 * MINUTE;
          },
        },
      ],
      [
        'a timetable lets its run come half an hour after the interval (T28)',
        { beats: delayed },
        200,
        {},
      ],
      [
        'such a timetable catches up, and one run may be under way',
        { beats: delayed, catchup: true, maxActiveRuns: 1 },
        200,
        {},
      ],
      [
        'a timetable lets its run come after the next interval has begun',
        { beats: { ...everyMinutes(60), delayMs: 90 * MINUTE } },
        300,
        {},
      ],
      [
        'such a DAG is paused and unpaused between its interval and its run',
        { beats: delayed },
        200,
        { 65: pause, 80: unpause },
      ],
      [
        'such a DAG is down from the end of an interval to its run',
        { beats: delayed },
        200,
        { 60: down, 95: up },
      ],
      ['an interval passes', { beats: everyDelta(1) }, 190, {}],
      [
        'an interval passes, and Airflow catches up',
        { beats: everyDelta(1), catchup: true },
        190,
        {},
      ],
      [
        'the scheduler was down for less than the grace',
        { beats: everyMinutes(1) },
        60,
        { 20: down, 27: up },
      ],
    ])(
      'tells nothing when %s',
      async (...[, options, minutes, events, every]) => {
        expect(
          await watch({ version, ...options }, minutes, events, every),
        ).toEqual([]);
      },
    );

    it.each<[string, Options, number, Events, string[]]>([
      [
        'an hourly DAG catches up after all was down',
        { catchup: true },
        330,
        { 30: down, 310: up },
        [
          '+70 fired: The run announced for 2026-11-24 01:00 UTC has not come',
          '+315 resolved: Run RUN came 4 h 10 min after the time announced',
        ],
      ],
      [
        'an hourly DAG does not catch up after all was down',
        {},
        330,
        { 30: down, 310: up },
        [
          '+70 fired: The run announced for 2026-11-24 01:00 UTC has not come',
          `+315 resolved: Runs come again since 2026-11-24 05:10 UTC, with run RUN. ${lost(
            '4 runs are lost: 2026-11-24 01:00 UTC, 2026-11-24 02:00 UTC, 2026-11-24 03:00 UTC, 2026-11-24 04:00 UTC',
          )}`,
        ],
      ],
      [
        'the scheduler alone was down, and the processor went on to announce',
        {},
        330,
        { 30: schedulerDown, 310: up },
        [
          '+70 fired: The run announced for 2026-11-24 01:00 UTC has not come',
          `+315 resolved: Runs come again since 2026-11-24 05:10 UTC, with run RUN. ${lost(
            '4 runs are lost: 2026-11-24 01:00 UTC, 2026-11-24 02:00 UTC, 2026-11-24 03:00 UTC, 2026-11-24 04:00 UTC',
          )}`,
        ],
      ],
      [
        'a DAG runs every minute and does not catch up',
        { beats: everyMinutes(1) },
        60,
        { 20: schedulerDown, 40: up },
        [
          '+30 fired: The run announced for 2026-11-24 00:20 UTC has not come',
          `+45 resolved: Runs come again since 2026-11-24 00:40 UTC, with run RUN. ${lost(
            '20 runs are lost: 2026-11-24 00:20 UTC, 2026-11-24 00:21 UTC, 2026-11-24 00:22 UTC, 2026-11-24 00:23 UTC, 2026-11-24 00:24 UTC, 2026-11-24 00:25 UTC and 14 more',
          )}`,
        ],
      ],
      [
        'an interval does not catch up, whose one run is announced again and again',
        { beats: everyDelta(1) },
        120,
        { 30: schedulerDown, 90: up },
        [
          '+70 fired: The run announced for 2026-11-24 01:00 UTC has not come',
          '+95 resolved: Run RUN came 30 min after the time announced',
        ],
      ],
      [
        'a run that may be alone has ended, and none comes after it',
        { beats: everyMinutes(20), ...long },
        120,
        { 30: schedulerDown },
        ['fired: The run announced for 2026-11-24 00:40 UTC has not come'],
      ],
      [
        'a DAG catches up with days, one run at a time, and the next does not come',
        backlog,
        120,
        { 30: schedulerDown },
        ['+65 fired: The run announced for 2026-11-22 01:00 UTC has not come'],
      ],
      [
        'a DAG that runs continuously is announced for now, again and again, and gets no run',
        { beats: 'continuous', maxActiveRuns: 1, tookMs: () => 12 * MINUTE },
        60,
        { 20: schedulerDown },
        ['+40 fired: The run announced for'],
      ],
      [
        'a DAG is unpaused while the scheduler is down',
        {},
        90,
        { 0: pause, 50: schedulerDown, 52: unpause },
        ['+70 fired: The run announced for 2026-11-24 01:00 UTC has not come'],
      ],
      [
        'what is missing is withdrawn by a change of the schedule',
        {},
        100,
        { 30: schedulerDown, 80: change(everyMinutes(24 * 60)) },
        [
          '+70 fired: The run announced for 2026-11-24 01:00 UTC has not come',
          '+80 resolved: Airflow withdrew it and now announces the next run for 2026-11-25 00:00 UTC',
        ],
      ],
      [
        'a timetable lets its run come half an hour after the interval, and it does not',
        { beats: delayed },
        110,
        { 80: down },
        ['+100 fired: The run announced for 2026-11-24 01:30 UTC has not come'],
      ],
    ])(
      'tells the truth when %s',
      async (...[, options, minutes, events, said]) => {
        const found = await watch({ version, ...options }, minutes, events);
        const told = found.map(text => text.replace(/scheduled__\S*Z/, 'RUN'));
        expect(told).toEqual(said.map(text => expect.stringContaining(text)));
      },
    );
  });
});
