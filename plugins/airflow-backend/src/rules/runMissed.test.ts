import { DateTime } from 'luxon';
import {
  aDagOfFacts,
  anAlertOf,
  aStoredRun,
  theFacts,
  wellRead,
} from '../__testUtils__/alerts';
import type { Rule } from './index';
import type { ClusterFacts, DagFacts, DuePromise } from '../model/clusterFacts';
import { findAll, proofOf } from './index';

const rule: Rule = {
  name: 'missed',
  type: 'run-missed',
  severity: 'warning',
  forMs: 0,
  scope: {},
  graceMs: 10 * 60_000,
};

const promised = '2026-11-24T02:00:00.000Z';

function minutesAfter(moment: string, minutes: number): string {
  return new Date(Date.parse(moment) + minutes * 60_000).toISOString();
}

/** Facts in which runs were read some time after the promise, just before now. */
function read(
  dag: Partial<DagFacts>,
  at: string,
  now = minutesAfter(at, 0.1),
): ClusterFacts {
  return theFacts({
    now: new Date(now),
    readings: { runs: wellRead(at), inventory: wellRead(at) },
    dags: [aDagOfFacts('invoice_mail', dag)],
  });
}

function promises(...moments: string[]): Pick<DagFacts, 'unkeptPromises'> {
  return {
    unkeptPromises: moments.map(runAfter => ({
      runAfter,
      dueAt: runAfter,
      announcedAt: minutesAfter(runAfter, -60),
      underWay: 0,
      freedAt: null,
    })),
  };
}

const unkept = promises(promised);

/** One promise, of a DAG that may have one run at a time. */
function held(how: Partial<DuePromise>): Partial<DagFacts> {
  const [promise] = unkept.unkeptPromises;
  return { unkeptPromises: [{ ...promise, ...how }], maxActiveRuns: 1 };
}

describe('run-missed', () => {
  it('finds a run that Airflow announced and that did not come', () => {
    expect(findAll(read(unkept, minutesAfter(promised, 10)), [rule])).toEqual([
      expect.objectContaining({
        fingerprint: 'run-missed/missed/dag/prod-eu/invoice_mail',
        occurrence: promised,
        title: 'invoice_mail did not run',
        observed: 'The run announced for 2026-11-24 02:00 UTC has not come',
        expected: 'A run comes within 10 min of when Airflow announced it',
        since: promised,
        runId: null,
      }),
    ]);
  });

  it.each<[string, ClusterFacts]>([
    [
      'its grace is not over',
      read(unkept, minutesAfter(promised, 9.9), minutesAfter(promised, 10)),
    ],
    [
      'its grace was not over when runs were last read',
      read(unkept, minutesAfter(promised, 9.9), minutesAfter(promised, 30)),
    ],
    [
      'the DAG is paused',
      read({ ...unkept, paused: true }, minutesAfter(promised, 20)),
    ],
    ['every promise was kept', read({}, minutesAfter(promised, 20))],
    [
      'as many runs are under way as may be',
      read(
        { ...unkept, maxActiveRuns: 1, activeRuns: 1 },
        minutesAfter(promised, 200),
      ),
    ],
    [
      'what held it back has ended just now',
      read(
        held({ underWay: 1, freedAt: minutesAfter(promised, 195) }),
        minutesAfter(promised, 200),
      ),
    ],
    [
      'it was first announced just now, as of a DAG that was unpaused or was not known before',
      read(
        held({ announcedAt: minutesAfter(promised, 195) }),
        minutesAfter(promised, 200),
      ),
    ],
    [
      'the DAG was listed again just now, after its file was broken or gone',
      read(
        { ...unkept, listedSince: minutesAfter(promised, 195) },
        minutesAfter(promised, 200),
      ),
    ],
  ])('finds nothing when %s', (_when, facts) => {
    expect(findAll(facts, [rule])).toEqual([]);
  });

  it('finds what does not come once nothing holds it back any more', () => {
    const facts = read(
      held({ underWay: 1, freedAt: minutesAfter(promised, 195) }),
      minutesAfter(promised, 205),
    );
    expect(findAll(facts, [rule])).toHaveLength(1);
  });

  it.each([
    [2, 0],
    [12, 1],
  ])(
    'of a clock that leapt over the time of a run, finds after %d min: %d',
    (minutes, count) => {
      const clockSetAt = minutesAfter(promised, -22);
      const facts: ClusterFacts = {
        ...read(unkept, minutesAfter(clockSetAt, minutes)),
        clock: { offsetMs: 30 * 60_000, measuredAt: clockSetAt },
        clockSet: { at: clockSetAt, offsetBeforeMs: 0 },
      };
      expect(findAll(facts, [rule])).toHaveLength(count);
    },
  );

  it.each([
    [9, 0],
    [11, 1],
  ])(
    'of a clock that was set ahead after the time of a run, finds %d min after that time: %d',
    (minutes, count) => {
      const setAt = minutesAfter(promised, 5);
      const facts: ClusterFacts = {
        ...read(unkept, minutesAfter(promised, minutes)),
        clock: { offsetMs: 8 * 60_000, measuredAt: setAt },
        clockSet: { at: setAt, offsetBeforeMs: 0 },
      };
      expect(findAll(facts, [rule])).toHaveLength(count);
    },
  );

  it('finds nothing of a DAG that is in doubt, and ends nothing', () => {
    const facts = read(unkept, minutesAfter(promised, 10));
    const [finding] = findAll(facts, [rule]);
    const doubted: ClusterFacts = {
      ...facts,
      absent: new Map([
        [
          'invoice_mail',
          {
            dagId: 'invoice_mail',
            displayName: 'invoice_mail',
            presence: { state: 'doubted', since: promised, reason: null },
            fileLocation: null,
            isScheduled: true,
            tags: [],
            owner: null,
          },
        ],
      ]),
    };
    expect(finding).toBeDefined();
    expect(findAll(doubted, [rule])).toEqual([]);
    expect(proofOf(anAlertOf(finding), doubted, [rule])).toBeNull();
  });

  it('knows nothing while runs cannot be read, or were never read whole', () => {
    const facts = read(unkept, minutesAfter(promised, 20));
    for (const runs of [
      { ...facts.readings.runs, failingSince: promised },
      { ...facts.readings.runs, readAt: null },
    ]) {
      const unknown = { ...facts, readings: { ...facts.readings, runs } };
      expect(findAll(unknown, [rule])).toEqual([]);
    }
  });

  it('counts what a dead scheduler owes, as one trouble that gets worse', () => {
    const hourly = [0, 60, 120].map(m => minutesAfter(promised, m));
    const at = (minutes: number) =>
      findAll(read(promises(...hourly), minutesAfter(promised, minutes)), [
        rule,
      ])[0];
    expect(at(15)).toMatchObject({ occurrence: hourly[0], since: promised });
    expect(at(75)).toMatchObject({ occurrence: hourly[1], since: promised });
    expect(at(130)).toMatchObject({
      fingerprint: at(15).fingerprint,
      occurrence: hourly[2],
      observed:
        'At least 3 runs that were due have not come, from 2026-11-24 02:00 UTC to 2026-11-24 04:00 UTC',
    });
  });

  const [finding] = findAll(read(unkept, minutesAfter(promised, 15)), [rule]);
  const alert = anAlertOf(finding);
  const at = minutesAfter(promised, 60);
  const late = (minutes: number) => minutesAfter(promised, minutes);
  const came = (
    dueAt: string,
    how: Parameters<typeof aStoredRun>[2],
  ): Partial<DagFacts> => {
    const lastRun = aStoredRun('invoice_mail', dueAt, { runId: 'r', ...how });
    return { lastRun, runsSinceMissed: [lastRun] };
  };

  it.each<[string, Partial<DagFacts>, string | null]>([
    ['none came', unkept, null],
    [
      'an earlier one came',
      {
        ...unkept,
        lastRun: aStoredRun('invoice_mail', late(-60), { runId: 'r' }),
      },
      null,
    ],
    [
      'it came late',
      came(promised, { queuedAt: late(25), startedAt: late(26) }),
      'Run r came 25 min after the time announced',
    ],
    [
      'it came, and no inventory since says what is next',
      came(promised, { queuedAt: late(60), startedAt: late(60) }),
      null,
    ],
    [
      'a later one came, and it is known of one alone that it was lost',
      {
        ...unkept,
        ...came(late(45), { queuedAt: null, startedAt: late(46) }),
      },
      'Runs come again since 2026-11-24 02:46 UTC, with run r. Airflow does not make up for what it passed over: at least 1 run is lost: 2026-11-24 02:00 UTC',
    ],
    [
      'a later one came of an hourly schedule, the scheduler of which was down',
      {
        ...came(late(180), { queuedAt: late(184) }),
        schedule: { kind: 'cron', expression: '0 * * * *', description: null },
        nextRunAt: late(240),
      },
      'Runs come again since 2026-11-24 05:04 UTC, with run r. Airflow does not make up for what it passed over: 3 runs are lost: 2026-11-24 02:00 UTC, 2026-11-24 03:00 UTC, 2026-11-24 04:00 UTC',
    ],
    [
      'Airflow announces another one in its place',
      { nextRunAt: late(90) },
      'Airflow withdrew it and now announces the next run for 2026-11-24 03:30 UTC',
    ],
    [
      'Airflow announces none any more',
      {},
      'Airflow announces no run of invoice_mail any more',
    ],
    [
      'Airflow 2 announces none any more, of which runs were read before',
      { readAt: late(61) },
      null,
    ],
    [
      'Airflow still announces it, though nobody read so',
      { nextRunAt: promised },
      null,
    ],
    [
      'the DAG was paused',
      { paused: true },
      'invoice_mail is paused, so no run is expected of it',
    ],
  ])('as to a proof, when %s', (_when, dag, text) => {
    const facts = read(
      dag,
      'runsSinceMissed' in dag && dag.nextRunAt ? late(190) : at,
    );
    expect(proofOf(alert, facts, [rule])?.text ?? null).toBe(text);
  });

  it.each([
    ['ahead', 0, 30],
    ['back', 30, 0],
    ['further back', 0, -30],
  ])(
    'names the run that came, though the clock was set %s meanwhile',
    (_where, beforeMin, nowMin) => {
      const offsetBeforeMs = beforeMin * 60_000;
      const told = { ...alert, since: minutesAfter(promised, -beforeMin) };
      const setAt = minutesAfter(told.since, 20);
      const readAt = minutesAfter(told.since, 80);
      const run = (runId: string, due: number, queued: number) =>
        aStoredRun('invoice_mail', late(due), {
          runId,
          queuedAt: late(queued),
        });
      const facts: ClusterFacts = {
        ...read(
          {
            runsSinceMissed: [run('before', -15, -14), run('missed', 0, 35)],
            nextRunAt: late(24 * 60),
          },
          readAt,
        ),
        clock: { offsetMs: nowMin * 60_000, measuredAt: setAt },
        clockSet: { at: setAt, offsetBeforeMs },
      };
      expect(proofOf(told, facts, [rule])?.text).toBe(
        'Run missed came 35 min after the time announced',
      );
    },
  );

  it('takes nothing for a proof while runs cannot be read', () => {
    const facts = read({ lastRun: aStoredRun('invoice_mail', promised) }, at);
    const runs = { ...facts.readings.runs, failingSince: at };
    const unknown = { ...facts, readings: { ...facts.readings, runs } };
    expect(proofOf(alert, unknown, [rule])).toBeNull();
  });
});

/** What a DAG announces that runs at these hours of the wall clock in Berlin. */
function inBerlin(day: string, hours: number[]): string[] {
  return hours.map(hour => {
    const local = DateTime.fromISO(day, { zone: 'Europe/Berlin' }).set({
      hour,
    });
    return local.toUTC().toJSDate().toISOString();
  });
}

describe('run-missed when clocks change in Berlin', () => {
  it.each([
    ['spring', '2026-03-29', '2026-03-29T06:00:00.000Z'],
    ['autumn', '2026-10-25', '2026-10-25T07:00:00.000Z'],
  ])(
    'on the day in %s is late from the same minute on',
    (_season, day, utc) => {
      const [moment] = inBerlin(day, [8]);
      expect(moment).toBe(utc);
      const firstSeenAt = '2026-01-01T00:00:00.000Z';
      const found = (minutes: number) =>
        findAll(
          read(
            { ...promises(moment), firstSeenAt },
            minutesAfter(moment, minutes),
          ),
          [rule],
        ).length;
      expect([-60, 0, 9, 10, 70].map(found)).toEqual([0, 0, 0, 1, 1]);
    },
  );

  it.each([
    // 02:00 does not exist; 01:00 and 03:00 are one hour apart.
    ['spring', ['2026-03-29T00:00:00.000Z', '2026-03-29T01:00:00.000Z']],
    // 02:00 comes twice; an hourly DAG runs at both.
    ['autumn', ['2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z']],
  ])('in the night in %s judges each hour by itself', (_season, hours) => {
    const [first, second] = hours;
    const firstSeenAt = '2026-01-01T00:00:00.000Z';
    const lastRun = aStoredRun('invoice_mail', first, {
      runId: 'first',
      queuedAt: minutesAfter(first, 12),
    });
    const [missed] = findAll(
      read({ ...promises(first), firstSeenAt }, minutesAfter(first, 11)),
      [rule],
    );
    const alert = anAlertOf(missed);
    const made = read(
      { lastRun, runsSinceMissed: [lastRun], firstSeenAt },
      minutesAfter(first, 13),
    );
    expect(proofOf(alert, made, [rule])?.text).toBe(
      'Run first came 12 min after the time announced',
    );
    const [next] = findAll(
      read(
        { ...promises(second), lastRun, firstSeenAt },
        minutesAfter(second, 11),
      ),
      [rule],
    );
    expect(next.occurrence).toBe(second);
    expect(
      proofOf(
        anAlertOf(next),
        read(
          { ...promises(second), lastRun, firstSeenAt },
          minutesAfter(second, 12),
        ),
        [rule],
      ),
    ).toBeNull();
  });
});
