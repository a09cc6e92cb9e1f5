import { DateTime } from 'luxon';
import {
  aDagOfFacts,
  anAlertOf,
  aStoredRun,
  theFacts,
  wellRead,
} from '../../__testUtils__/alerts';
import type { ClusterFacts, DagFacts, Rule } from '../types';
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
      announcedAt: minutesAfter(runAfter, -60),
    })),
  };
}

const unkept = promises(promised);

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
    [
      'the DAG was not known then',
      read(
        { ...unkept, firstSeenAt: minutesAfter(promised, 1) },
        minutesAfter(promised, 20),
      ),
    ],
    [
      'nobody knows since when the DAG is there',
      read({ ...unkept, firstSeenAt: null }, minutesAfter(promised, 20)),
    ],
    ['every promise was kept', read({}, minutesAfter(promised, 20))],
  ])('finds nothing when %s', (_when, facts) => {
    expect(findAll(facts, [rule])).toEqual([]);
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
        '3 announced runs have not come, from 2026-11-24 02:00 UTC to 2026-11-24 04:00 UTC',
    });
  });

  const [finding] = findAll(read(unkept, minutesAfter(promised, 15)), [rule]);
  const alert = anAlertOf(finding);
  const at = minutesAfter(promised, 60);
  const late = (minutes: number) => minutesAfter(promised, minutes);

  it.each<[string, Partial<DagFacts>, string | null]>([
    ['none came', {}, null],
    [
      'an earlier one came',
      { lastRun: aStoredRun('invoice_mail', late(-60), { runId: 'r' }) },
      null,
    ],
    [
      'it came late',
      {
        lastRun: aStoredRun('invoice_mail', promised, {
          runId: 'r',
          queuedAt: late(25),
          startedAt: late(26),
        }),
      },
      'Run r came 25 min after the time announced',
    ],
    [
      'a later one came',
      {
        lastRun: aStoredRun('invoice_mail', late(45), {
          runId: 'r',
          queuedAt: null,
          startedAt: late(46),
        }),
      },
      'Run r came 46 min after the time announced',
    ],
    [
      'the DAG was paused',
      { paused: true },
      'invoice_mail is paused, so no run is expected of it',
    ],
  ])('as to a proof, when %s', (_when, dag, text) => {
    expect(proofOf(alert, read(dag, at), [rule])?.text ?? null).toBe(text);
  });

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
    const made = read({ lastRun, firstSeenAt }, minutesAfter(first, 13));
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
        read({ lastRun, firstSeenAt }, minutesAfter(second, 12)),
        [rule],
      ),
    ).toBeNull();
  });
});
