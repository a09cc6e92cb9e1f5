import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { readAt } from '../../__testUtils__/alerts';
import {
  dueAt,
  failed,
  failing,
  inARow,
  later,
  proofIn,
  read,
  run,
  runFailed,
  unread,
} from '../../__testUtils__/dagFacts';
import type { ClusterFacts } from '../types';
import { findAll } from './index';

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
    const runId = text && text.slice('Run '.length, text.indexOf(' succeeded'));
    expect(proof).toEqual(text && { text, runId });
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
