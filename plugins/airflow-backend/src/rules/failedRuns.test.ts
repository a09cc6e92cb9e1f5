import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { readAt } from '../__testUtils__/alerts';
import {
  failed,
  failing,
  history,
  inARow,
  later,
  olderFailed,
  proofIn,
  read,
  run,
  runFailed,
  underWay,
  unread,
} from '../__testUtils__/dagFacts';
import type { ClusterFacts } from '../model/clusterFacts';
import { findAll } from './index';

describe('run-failed', () => {
  const facts = read(history([failed(2), failed(1)]));

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
        observed: 'Run run 2 failed at 2026-11-24 02:05 UTC, one of 2 in a row',
        expected: 'The newest finished run succeeded',
        since: '2026-11-24T01:05:00.000Z',
        factsReadAt: readAt,
        runId: 'run 2',
        owner: { ref: 'group:default/payments', source: 'tag', by: 'payments' },
      },
    ]);
  });

  it('finds a failure that an older run outlasted', () => {
    const runs = [failed(2), run(1, { endedAt: later })];
    const [finding] = findAll(read(history(runs), later), [runFailed]);
    expect(finding).toMatchObject({ runId: 'run 2' });
  });

  it.each([
    ['nothing failed since a success', read(history([run(2)]))],
    [
      'an older date failed since',
      read(history([run(2), failed(1, { endedAt: later })]), later),
    ],
    ['its runs cannot be read now', failing(facts)],
    ['its runs were not read whole yet', unread(facts)],
    [
      'it is paused, and failed long ago',
      read(
        { paused: true, ...history([failed(2)]) },
        '2026-11-26T03:00:00.000Z',
      ),
    ],
  ])('finds nothing when %s', (_when, well) => {
    expect(findAll(well, [runFailed])).toEqual([]);
  });

  it('finds what Airflow paused because it failed', () => {
    expect(
      findAll(read({ paused: true, ...history([failed(2)]) }), [runFailed]),
    ).toHaveLength(1);
  });

  it('is something new when the next run fails, or the same one again', () => {
    const occurrenceOf = (newest: DagRun) =>
      findAll(read(history([newest])), [runFailed])[0].occurrence;
    const first = occurrenceOf(failed(2));
    expect(occurrenceOf(failed(2))).toBe(first);
    expect(occurrenceOf(failed(3))).not.toBe(first);
    expect(occurrenceOf(failed(2, { endedAt: later }))).not.toBe(first);
  });

  const since = (...runs: DagRun[]) => read(history(runs, ['run 2']), later);

  it.each<[string, ClusterFacts, string | null]>([
    ['nothing succeeded', since(failed(2)), null],
    ['an earlier run ended before', since(run(0), failed(2)), null],
    [
      'an older date was filled in since',
      since(run(1, { endedAt: later }), failed(2)),
      null,
    ],
    [
      'it was cleared, and goes on after an earlier success',
      since(run(1, { endedAt: later }), underWay(2)),
      null,
    ],
    [
      'the failed run was cleared and succeeded',
      since(run(2, { endedAt: later })),
      'Run run 2 succeeded at 2026-11-24 03:30 UTC',
    ],
    [
      'the failed run was marked as a success, with its end kept',
      since(run(2)),
      'Run run 2 succeeded at 2026-11-24 02:05 UTC',
    ],
    [
      'a later run succeeded',
      since(failed(2), run(3)),
      'Run run 3 succeeded at 2026-11-24 03:05 UTC',
    ],
    [
      'a later run had succeeded before it failed',
      since(failed(2, { endedAt: later }), run(3)),
      'Run run 3 succeeded at 2026-11-24 03:05 UTC',
    ],
    [
      'it was cleared, and a later run succeeded meanwhile',
      since(underWay(2), run(3)),
      'Run run 3 succeeded at 2026-11-24 03:05 UTC',
    ],
    [
      'it was deleted after a success',
      since(run(1)),
      'Run run 2 is no longer there',
    ],
    ['it was deleted, the only one', since(), 'Run run 2 is no longer there'],
    ['it was deleted, and the one before failed', since(failed(1)), null],
    ['nobody asked what became of it', read(history([run(1)]), later), null],
    ['it was paused', read({ paused: true }, later), null],
    [
      'a later run succeeded, but runs cannot be read now',
      failing(since(failed(2), run(3))),
      null,
    ],
  ])('as to a proof, when %s', (_when, now, text) => {
    expect(proofIn(now, runFailed, facts)?.text ?? null).toBe(text);
  });
});

describe('failures-in-a-row', () => {
  const streak = [failed(3), failed(2), failed(1), failed(0)];
  const facts = read(history(streak));

  it.each([
    [2, null],
    [3, '2026-11-24T03:05:00.000Z'],
    [4, '2026-11-24T02:05:00.000Z'],
  ])('of %i failures finds since when they are too many', (failures, since) => {
    const [finding] = findAll(read(history(streak.slice(0, failures))), [
      inARow,
    ]);
    expect(finding?.since ?? null).toBe(since);
  });

  it('of more than are looked at finds since the oldest of those', () => {
    const [finding] = findAll(
      read({ ...history(streak), failuresInARow: 60 }),
      [inARow],
    );
    expect(finding.since).toBe('2026-11-24T00:05:00.000Z');
  });

  it('says how many against how many', () => {
    const [finding] = findAll(facts, [inARow]);
    expect(finding).toMatchObject({
      title: 'load_orders keeps failing',
      observed: '4 runs failed in a row, the last one is run 3',
      expected: 'Fewer than 3 failures in a row',
      runId: 'run 3',
    });
  });

  const since = (...runs: DagRun[]) => read(history(runs, ['run 3']), later);

  it.each<[string, ClusterFacts, string | null]>([
    ['nobody knows of its runs', read({}, later), null],
    [
      'the last one was cleared and succeeded',
      since(run(3, { endedAt: later })),
      'Run run 3 succeeded at 2026-11-24 03:30 UTC',
    ],
    [
      'one in between was marked as a success',
      since(failed(3), run(2), failed(1), failed(0)),
      'Only 1 run failed in a row now',
    ],
    [
      'one in between was deleted, and another',
      since(failed(3), failed(0)),
      'Only 2 runs failed in a row now',
    ],
    [
      'the last one was cleared and goes on',
      since(underWay(3), failed(2), failed(1)),
      null,
    ],
    [
      'one in between was cleared and goes on',
      since(failed(3), underWay(2), failed(1)),
      null,
    ],
    [
      'the next one goes on',
      since(underWay(4), failed(3), run(2)),
      'Only 1 run failed in a row now',
    ],
  ])('as to a proof, when %s', (_when, now, text) => {
    expect(proofIn(now, inARow, facts)?.text ?? null).toBe(text);
  });
});

describe('older-run-failed', () => {
  const late = failed(1, { endedAt: '2026-11-24T02:50:00.000Z' });
  const facts = read(history([run(2), late]));

  it('finds a run of an older date that failed after a newer success', () => {
    expect(findAll(facts, [olderFailed, runFailed, inARow])).toMatchObject([
      {
        ruleType: 'older-run-failed',
        title: 'load_orders failed for an older date',
        observed:
          'Run run 1 failed at 2026-11-24 02:50 UTC, when a newer one had succeeded',
        since: '2026-11-24T02:50:00.000Z',
        runId: 'run 1',
      },
    ]);
  });

  it('tells of many at once', () => {
    const runs = [run(2), late, failed(0, { endedAt: later })];
    const { overtakenRuns, ...others } = history(runs);
    const lastFirst = [...(overtakenRuns ?? [])].reverse();
    const [finding] = findAll(
      read({ ...others, overtakenRuns: lastFirst }, later),
      [olderFailed],
    );
    expect(finding).toMatchObject({
      observed:
        '2 runs failed, the last one is run 0 at 2026-11-24 03:30 UTC, when a newer one had succeeded',
      since: '2026-11-24T02:50:00.000Z',
    });
  });

  it('finds nothing in what cannot be read now', () => {
    expect(findAll(failing(facts), [olderFailed])).toEqual([]);
  });

  const since = (...runs: DagRun[]) => read(history(runs, ['run 1']), later);

  it.each<[string, ClusterFacts, string | null]>([
    ['it is still so', since(run(2), late), null],
    ['a newer run succeeds', since(run(3), run(2), late), null],
    ['it was cleared and goes on', since(run(2), underWay(1)), null],
    [
      'another one was cleared and goes on',
      since(run(2), run(1), underWay(0)),
      null,
    ],
    [
      'it was cleared and succeeded',
      since(run(2), run(1, { endedAt: later })),
      'Run run 1 succeeded at 2026-11-24 03:30 UTC',
    ],
    ['it was deleted', since(run(2)), 'Run run 1 is no longer there'],
    [
      'the newer success was deleted, so that the DAG is failing with it',
      since(late),
      'No newer run than run 1 had succeeded',
    ],
    ['runs cannot be read now', failing(since(run(2))), null],
  ])('as to a proof, when %s', (_when, now, text) => {
    expect(proofIn(now, olderFailed, facts)?.text ?? null).toBe(text);
  });
});
