import { anyRule, later, proofIn, read, run } from '../__testUtils__/dagFacts';
import type { Rule } from './index';
import type { DagFacts, UnfinishedRun } from '../model/clusterFacts';
import { findAll } from './index';

const stuck: Rule = {
  ...anyRule,
  name: 'stuck',
  type: 'run-stuck-queued',
  longerThanMs: 15 * 60_000,
};

/** Facts are read at 03:00. */
const queued = (since: string, hour = 0): UnfinishedRun => ({
  ...run(hour, { state: 'queued', startedAt: null, endedAt: null }),
  waitsSince: `2026-11-24T${since}:00.000Z`,
});
const running = (hour: number): UnfinishedRun => ({
  ...run(hour, { state: 'running', endedAt: null }),
  waitsSince: null,
});

describe('run-stuck-queued', () => {
  it.each<[string, Partial<DagFacts>, string, string]>([
    [
      'nothing is seen to hold it back',
      {},
      'warning',
      'neither a pause nor max_active_runs holds it back; look at the scheduler and at how many tasks and runs this Airflow may run at once',
    ],
    [
      'the DAG is paused',
      { paused: true },
      'info',
      'it waits, for the DAG is paused, until somebody unpauses it',
    ],
    [
      'others are under way',
      { maxActiveRuns: 1, unfinishedRuns: [running(1), queued('02:00')] },
      'info',
      'max_active_runs (1 of 1) holds it back, run run 1 is under way since 2026-11-24 01:00 UTC',
    ],
    [
      'others are under way, but not as many as may be',
      { maxActiveRuns: 2, unfinishedRuns: [running(1), queued('02:00')] },
      'warning',
      'neither a pause nor max_active_runs holds it back',
    ],
  ])('says why, when %s', (_when, dag, severity, why) => {
    const facts = read({ unfinishedRuns: [queued('02:00')], ...dag });
    expect(findAll(facts, [stuck])).toEqual([
      expect.objectContaining({
        severity,
        occurrence: 'run 0',
        since: '2026-11-24T02:15:00.000Z',
        observed: expect.stringContaining(
          `Run run 0 has been queued for 1 h: ${why}`,
        ),
      }),
    ]);
  });

  it('is one alert of a DAG, however many runs wait, about the longest', () => {
    const [found, ...others] = findAll(
      read({
        unfinishedRuns: [
          queued('02:30', 2),
          queued('02:00', 1),
          queued('02:50'),
        ],
      }),
      [stuck],
    );
    expect(others).toEqual([]);
    expect(found.observed).toMatch(/^Run run 1 .* 1 h, and 1 more with it:/);
  });

  it.each<[string, UnfinishedRun]>([
    ['waits for a short time', queued('02:46')],
    ['runs', running(1)],
    [
      'is queued, and nobody knows since when',
      { ...queued('02:00'), waitsSince: null },
    ],
  ])('finds nothing when a run %s', (_what, own) => {
    expect(findAll(read({ unfinishedRuns: [own] }), [stuck])).toEqual([]);
  });

  it.each<[string, UnfinishedRun[], string | null]>([
    ['waits still', [queued('02:00')], null],
    ['runs now', [running(0)], 'Run run 0 is not queued any more'],
    ['is gone', [], 'Run run 0 is not queued any more'],
  ])('as to a proof, when the run %s', (_what, unfinishedRuns, text) => {
    const facts = read({ unfinishedRuns: [queued('02:00')] });
    const proof = proofIn(read({ unfinishedRuns }, later), stuck, facts);
    expect(proof?.text ?? null).toBe(text);
  });
});
