import {
  anyRule,
  failed,
  failing,
  later,
  proofIn,
  read,
  run,
} from '../__testUtils__/dagFacts';
import type { Rule } from './index';
import type { ClusterFacts, UnfinishedRun } from '../model/clusterFacts';
import { findAll } from './index';

const tooLong: Rule = {
  ...anyRule,
  name: 'too-long',
  type: 'run-too-long',
  longerThanMs: 2 * 60 * 60_000,
  timesUsual: 3,
};

describe('run-too-long', () => {
  const running = (
    startedAt: string,
    overrides: Partial<UnfinishedRun> = {},
  ): UnfinishedRun => ({
    ...run(0, { state: 'running', startedAt, endedAt: null, ...overrides }),
    waitsSince: null,
  });
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
      expected:
        'No run takes longer than 2 h, or 3 times as long as usual and 15 min more than that',
      since: '2026-11-24T02:00:00.000Z',
      runId: 'run 0',
    });
  });

  it.each([
    ['2 min', 2, 17, 18],
    ['10 min', 10, 30, 31],
    ['50 min', 50, 119, 121],
  ])('knows what is unusual where a run takes %s', (_usual, ...of) => {
    const [usual, notYet, tooLongNow] = of;
    const found = (minutes: number) =>
      findAll(
        read(
          { unfinishedRuns: [running(start)], usualMs: usual * 60_000 },
          new Date(Date.parse(start) + minutes * 60_000).toISOString(),
        ),
        [tooLong],
      );
    expect(found(notYet)).toEqual([]);
    expect(found(tooLongNow)).toHaveLength(1);
  });

  it('says what it usually takes, and what it holds back', () => {
    const [found] = findAll(
      read({
        unfinishedRuns: [running(start)],
        usualMs: 120_000,
        activeRuns: 1,
        maxActiveRuns: 1,
      }),
      [tooLong],
    );
    expect(found.observed).toBe(
      'Run run 0 has been running for 3 h; one usually takes 2 min. Airflow makes no other run meanwhile: max_active_runs (1 of 1)',
    );
    expect(found.since).toBe('2026-11-24T00:17:00.000Z');
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
    [
      'is in a state that nobody knows',
      read(
        { unfinishedRuns: [{ ...running(start), state: 'unknown' }] },
        later,
      ),
      null,
    ],
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
