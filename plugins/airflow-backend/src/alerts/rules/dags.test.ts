import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  aDagOfFacts,
  anAlertOf,
  aStoredRun,
  readAt,
  theFacts,
  wellRead,
} from '../../__testUtils__/alerts';
import type { ClusterFacts, DagFacts, Rule } from '../types';
import { findAll, proofOf } from './index';

const later = '2026-11-24T03:30:00.000Z';
const common = { severity: 'warning', forMs: 0, scope: {} } as const;

const runFailed: Rule = { ...common, name: 'failed', type: 'run-failed' };
const inARow: Rule = {
  ...common,
  name: 'in-a-row',
  type: 'failures-in-a-row',
  count: 3,
};
const tooLong: Rule = {
  ...common,
  name: 'too-long',
  type: 'run-too-long',
  longerThanMs: 2 * 60 * 60_000,
};
const noSuccess: Rule = {
  ...common,
  name: 'no-success',
  type: 'no-success',
  withinMs: 26 * 60 * 60_000,
};

const dueAt = (hour: number) =>
  `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`;

function run(hour: number, overrides: Partial<DagRun> = {}): DagRun {
  return aStoredRun('load_orders', dueAt(hour), {
    runId: `run ${hour}`,
    ...overrides,
  });
}

function failed(hour: number, overrides: Partial<DagRun> = {}): DagRun {
  return run(hour, { state: 'failed', ...overrides });
}

/** Facts of one DAG, and when its runs were read. */
function read(dag: Partial<DagFacts>, at = readAt): ClusterFacts {
  return theFacts({
    now: new Date(Date.parse(at) + 2_000),
    dags: [aDagOfFacts('load_orders', dag)],
    readings: { runs: wellRead(at), inventory: wellRead(at) },
  });
}

function failing(facts: ClusterFacts): ClusterFacts {
  const runs = { ...facts.readings.runs, failingSince: readAt };
  return { ...facts, readings: { ...facts.readings, runs } };
}

function unread(facts: ClusterFacts): ClusterFacts {
  const runs = { ...facts.readings.runs, readAt: null };
  return { ...facts, readings: { ...facts.readings, runs } };
}

function proofIn(facts: ClusterFacts, rule: Rule, foundIn: ClusterFacts) {
  const [finding] = findAll(foundIn, [rule]);
  return proofOf(anAlertOf(finding), facts, [rule]);
}

describe('run-failed', () => {
  const facts = read({ failedRuns: [failed(2), failed(1)], failuresInARow: 2 });

  it('finds a DAG whose newest finished run failed, since the first failure', () => {
    expect(findAll(facts, [runFailed])).toEqual([
      {
        fingerprint: 'run-failed/failed/dag/prod-eu/load_orders',
        occurrence: '2026-11-24T02:05:00.000Z 2026-11-24T02:00:00.000Z run 2',
        rule: 'failed',
        ruleType: 'run-failed',
        severity: 'warning',
        forMs: 0,
        subject: { kind: 'dag', cluster: 'prod-eu', dagId: 'load_orders' },
        title: 'load_orders failed',
        observed: 'Run run 2 failed at 2026-11-24 02:05 UTC',
        expected: 'The newest finished run succeeded',
        since: '2026-11-24T01:05:00.000Z',
        factsReadAt: readAt,
        runId: 'run 2',
        owner: { ref: 'group:default/payments', source: 'tag', by: 'payments' },
      },
    ]);
  });

  it.each([
    ['nothing failed since a success', read({ lastSuccess: run(2) })],
    ['its runs cannot be read now', failing(facts)],
    ['its runs were not read whole yet', unread(facts)],
    [
      'it is paused, and failed long ago',
      read(
        { paused: true, failedRuns: [failed(2)] },
        '2026-11-26T03:00:00.000Z',
      ),
    ],
  ])('finds nothing when %s', (_when, well) => {
    expect(findAll(well, [runFailed])).toEqual([]);
  });

  it('finds what Airflow paused because it failed', () => {
    expect(
      findAll(read({ paused: true, failedRuns: [failed(2)] }), [runFailed]),
    ).toHaveLength(1);
  });

  it('is something new when the next run fails, or the same one again', () => {
    const occurrenceOf = (newest: DagRun) =>
      findAll(read({ failedRuns: [newest] }), [runFailed])[0].occurrence;
    const first = occurrenceOf(failed(2));
    expect(occurrenceOf(failed(2))).toBe(first);
    expect(occurrenceOf(failed(3))).not.toBe(first);
    expect(occurrenceOf(failed(2, { endedAt: later }))).not.toBe(first);
  });

  it.each<[string, ClusterFacts, string | null]>([
    ['nothing succeeded', read({}, later), null],
    ['an earlier run ended before', read({ lastSuccess: run(0) }, later), null],
    [
      'an older date was filled in since',
      read({ lastSuccess: run(1, { endedAt: later }) }, later),
      null,
    ],
    [
      'the failed run was cleared and succeeded',
      read({ lastSuccess: run(2, { endedAt: dueAt(3) }) }, later),
      'Run run 2 succeeded at 2026-11-24 03:00 UTC',
    ],
    [
      'the failed run was marked as a success, with its end kept',
      read({ lastSuccess: run(2) }, later),
      'Run run 2 succeeded at 2026-11-24 02:05 UTC',
    ],
    [
      'a later run succeeded',
      read({ lastSuccess: run(3) }, later),
      'Run run 3 succeeded at 2026-11-24 03:05 UTC',
    ],
    ['it was paused', read({ paused: true }, later), null],
    [
      'a later run succeeded, but runs cannot be read now',
      failing(read({ lastSuccess: run(3) }, later)),
      null,
    ],
  ])('as to a proof, when %s', (_when, now, text) => {
    const proof = proofIn(now, runFailed, facts);
    expect(proof?.text ?? null).toBe(text);
    if (proof) expect(proof.text).toContain(proof.runId);
  });
});

describe('failures-in-a-row', () => {
  const streak = [failed(3), failed(2), failed(1), failed(0)];

  it.each([
    [2, null],
    [3, '2026-11-24T03:05:00.000Z'],
    [4, '2026-11-24T02:05:00.000Z'],
    [60, '2026-11-24T00:05:00.000Z'],
  ])('of %i failures finds since when they are too many', (failures, since) => {
    const [finding] = findAll(
      read({
        failedRuns: streak.slice(0, failures),
        failuresInARow: failures,
      }),
      [inARow],
    );
    expect(finding?.since ?? null).toBe(since);
  });

  it('says how many against how many', () => {
    const [finding] = findAll(read({ failedRuns: streak, failuresInARow: 4 }), [
      inARow,
    ]);
    expect(finding).toMatchObject({
      title: 'load_orders keeps failing',
      observed: '4 runs failed in a row, the last one is run 3',
      expected: 'Fewer than 3 failures in a row',
      runId: 'run 3',
    });
  });

  it('is proven over as a failed run is', () => {
    const facts = read({ failedRuns: streak, failuresInARow: 4 });
    expect(proofIn(read({}, later), inARow, facts)).toBeNull();
    expect(
      proofIn(
        read({ lastSuccess: run(3, { endedAt: later }) }, later),
        inARow,
        facts,
      ),
    ).toEqual({
      text: 'Run run 3 succeeded at 2026-11-24 03:30 UTC',
      runId: 'run 3',
    });
  });
});

describe('run-too-long', () => {
  const running = (startedAt: string, overrides: Partial<DagRun> = {}) =>
    run(0, { state: 'running', startedAt, endedAt: null, ...overrides });
  const start = '2026-11-24T00:00:00.000Z';
  const facts = read({ unfinishedRuns: [running(start)] });

  it('finds each run by itself, since it was too long', () => {
    const other = running('2026-11-24T00:59:59.000Z', { runId: 'run 1' });
    const found = findAll(
      read({
        unfinishedRuns: [
          running(start),
          other,
          running('2026-11-24T01:00:00.000Z', { runId: 'run 2' }),
        ],
      }),
      [tooLong],
    );
    expect(found.map(({ subject }) => subject)).toEqual([
      { kind: 'run', cluster: 'prod-eu', dagId: 'load_orders', runId: 'run 0' },
      { kind: 'run', cluster: 'prod-eu', dagId: 'load_orders', runId: 'run 1' },
    ]);
    expect(found[0]).toMatchObject({
      title: 'load_orders runs for too long',
      observed: 'Run run 0 has been running for 3 h',
      expected: 'No run takes longer than 2 h',
      since: '2026-11-24T02:00:00.000Z',
      runId: 'run 0',
    });
  });

  it.each([
    ['waits', read({ unfinishedRuns: [running(start, { state: 'queued' })] })],
    [
      'was not too long when it was last read',
      {
        ...read(
          { unfinishedRuns: [running(start)] },
          '2026-11-24T01:59:00.000Z',
        ),
        now: new Date(later),
      },
    ],
    ['cannot be read now', failing(facts)],
  ])('finds nothing when the run %s', (_what, well) => {
    expect(findAll(well, [tooLong])).toEqual([]);
  });

  it.each<[string, ClusterFacts, string | null]>([
    ['goes on', read({ unfinishedRuns: [running(start)] }, later), null],
    ['is not listed by the same reading', read({}), null],
    ['cannot be read now', failing(read({}, later)), null],
    [
      'succeeded',
      read({ lastSuccess: run(0, { endedAt: later }) }, later),
      'Run run 0 succeeded at 2026-11-24 03:30 UTC',
    ],
    [
      'failed',
      read({ failedRuns: [failed(3), failed(0, { endedAt: later })] }, later),
      'Run run 0 failed at 2026-11-24 03:30 UTC',
    ],
    [
      'was begun anew',
      read({ unfinishedRuns: [running(later)] }, later),
      'Run run 0 no longer runs',
    ],
    ['is no longer under way', read({}, later), 'Run run 0 no longer runs'],
  ])('as to a proof, when the run %s', (_what, now, text) => {
    const proof = proofIn(now, tooLong, facts);
    expect(proof).toEqual(text && { text, runId: 'run 0' });
  });
});

describe('no-success', () => {
  const at = '2026-11-25T04:06:00.000Z';
  const facts = read({ lastSuccess: run(2) }, at);

  it('finds a DAG that succeeded too long ago', () => {
    expect(findAll(facts, [noSuccess])[0]).toMatchObject({
      title: 'load_orders has not succeeded for 26 h',
      observed: 'It last succeeded at 2026-11-24 02:05 UTC, with run run 2',
      expected: 'A run succeeds at least once in 26 h',
      since: '2026-11-25T04:05:00.000Z',
      occurrence: 'run 2',
    });
  });

  it('counts from when a DAG was first seen that never succeeded', () => {
    expect(findAll(read({ firstSeenAt: readAt }, at), [noSuccess])).toEqual([]);
    expect(
      findAll(read({ firstSeenAt: dueAt(2) }, at), [noSuccess])[0],
    ).toMatchObject({
      observed:
        'It has not succeeded since it was first seen at 2026-11-24 02:00 UTC',
      occurrence: 'never',
    });
  });

  it.each([
    [
      'the time is not over',
      read({ lastSuccess: run(2) }, '2026-11-25T04:05:00.000Z'),
    ],
    [
      'the time was not over when runs were last read',
      { ...read({ lastSuccess: run(2) }), now: new Date(at) },
    ],
    ['it is paused', read({ lastSuccess: run(2), paused: true }, at)],
    ['nobody knows since when it is there', read({ firstSeenAt: null }, at)],
    ['runs cannot be read now', failing(facts)],
  ])('finds nothing when %s', (_when, well) => {
    expect(findAll(well, [noSuccess])).toEqual([]);
  });

  it.each<[string, ClusterFacts, string | null]>([
    ['nothing succeeded', read({ lastSuccess: run(2) }, at), null],
    [
      'a run succeeded',
      read(
        { lastSuccess: run(4, { endedAt: '2026-11-25T04:06:30.000Z' }) },
        '2026-11-25T04:07:00.000Z',
      ),
      'Run run 4 succeeded at 2026-11-25 04:06 UTC',
    ],
    [
      'runs cannot be read now',
      failing(read({ lastSuccess: run(23) }, at)),
      null,
    ],
    [
      'it was paused',
      read({ lastSuccess: run(2), paused: true }, at),
      'load_orders is paused, so no run is expected of it',
    ],
  ])('as to a proof, when %s', (_when, now, text) => {
    expect(proofIn(now, noSuccess, facts)?.text ?? null).toBe(text);
  });
});

describe('what no rule looks at any more', () => {
  const facts = read({ failedRuns: [failed(2)], failuresInARow: 1 });
  const [finding] = findAll(facts, [runFailed]);
  const alert = anAlertOf(finding);
  const gone = (at: string) =>
    theFacts({ readings: { inventory: wellRead(at) } });

  it.each<[string, ClusterFacts, Rule[], string | null]>([
    ['its rule was removed', facts, [inARow], 'The rule is no longer in force'],
    [
      'its rule now is of another type',
      facts,
      [{ ...inARow, name: 'failed' }],
      'The rule is no longer in force',
    ],
    [
      'its rule looks elsewhere',
      facts,
      [{ ...runFailed, scope: { dags: ['other'] } }],
      'The rule is no longer in force',
    ],
    [
      'its rule looks at another cluster',
      facts,
      [{ ...runFailed, scope: { clusters: ['other'] } }],
      'The rule is no longer in force',
    ],
    ['its rule is as it was', facts, [runFailed], null],
    [
      'its DAG is gone',
      gone(later),
      [runFailed],
      'Airflow no longer has the DAG load_orders',
    ],
    [
      'its DAG is missing in what was read before',
      gone(readAt),
      [runFailed],
      null,
    ],
  ])('when %s', (_when, now, rules, text) => {
    expect(proofOf(alert, now, rules)?.text ?? null).toBe(text);
  });
});

it('keeps apart what two rules find of the same DAG', () => {
  const facts = read({
    failedRuns: [failed(2), failed(1), failed(0)],
    failuresInARow: 3,
  });
  const strict: Rule = { ...inARow, name: 'strict', count: 2 };
  const found = findAll(facts, [runFailed, inARow, strict]);
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(3);
});
