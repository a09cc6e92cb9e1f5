import fc from 'fast-check';
import { historyOf } from '../__testUtils__/histories';
import { aRun } from '../__testUtils__/rows';
import { isNewer, outcomeOf, type JudgedRun } from './outcome';

const at = (time: string) => `2026-11-24T${time}:00.000Z`;

/** A run for one time that ended at another; `…` while it goes on. */
const run = (
  what: `${string} ${'ok' | 'failed' | '…'} ${string}`,
  more: Partial<JudgedRun> = {},
): JudgedRun => {
  const [due, how, ended] = what.split(' ');
  return {
    runId: due,
    type: 'scheduled',
    logicalDate: null,
    dueAt: at(due),
    state: ({ ok: 'success', failed: 'failed' } as const)[how] ?? 'running',
    startedAt: at(due),
    endedAt: how === '…' ? null : at(ended),
    ...more,
  };
};

/** What is said, by the ids of runs. */
interface Said {
  streak: string[];
  since: string | null;
  success: string | null;
  failure: string | null;
  recovered: string | null;
  overtaken: string[];
}

const nothing: Said = {
  streak: [],
  since: null,
  success: null,
  failure: null,
  recovered: null,
  overtaken: [],
};

function said(runs: readonly JudgedRun[]): Said {
  const outcome = outcomeOf(runs);
  const ids = (of: readonly JudgedRun[]) => of.map(({ runId }) => runId);
  return {
    streak: ids(outcome.streak),
    since: outcome.failingSince?.slice(11, 16) ?? null,
    success: outcome.lastSuccess?.runId ?? null,
    failure: outcome.lastFailure?.runId ?? null,
    recovered: outcome.recoveredBy?.runId ?? null,
    overtaken: ids(outcome.overtaken),
  };
}

describe('outcomeOf', () => {
  it.each<[string, JudgedRun[], Partial<Said>]>([
    ['no run', [], {}],
    [
      'none that has ended',
      [run('01:00 … -'), { ...run('02:00 … -'), state: 'queued' }],
      {},
    ],
    ['one success', [run('01:00 ok 01:05')], { success: '01:00' }],
    [
      'no success ever',
      [run('01:00 failed 01:05'), run('02:00 failed 02:05')],
      { streak: ['02:00', '01:00'], since: '01:05', failure: '02:00' },
    ],
    [
      'a failure behind a longer run of an older date',
      [run('01:00 ok 03:30'), run('02:00 failed 02:05')],
      {
        streak: ['02:00'],
        since: '02:05',
        success: '01:00',
        failure: '02:00',
      },
    ],
    [
      'failures that ended in another order',
      [
        run('01:00 ok 01:05'),
        run('02:00 failed 09:00'),
        run('03:00 failed 03:05'),
        run('04:00 … -'),
      ],
      {
        streak: ['03:00', '02:00'],
        since: '03:05',
        success: '01:00',
        failure: '03:00',
      },
    ],
    [
      'a recovery',
      [run('01:00 failed 01:05'), run('02:00 ok 02:05'), run('03:00 ok 03:05')],
      { success: '03:00', failure: '01:00', recovered: '02:00' },
    ],
    [
      'older dates filled in, behind a failure',
      [run('05:00 failed 05:05'), run('01:00 ok 06:00'), run('02:00 ok 06:10')],
      {
        streak: ['05:00'],
        since: '05:05',
        success: '02:00',
        failure: '05:00',
      },
    ],
    [
      'a backfill that fails, behind a success',
      [run('05:00 ok 05:05'), run('01:00 failed 06:00')],
      { success: '05:00', overtaken: ['01:00'] },
    ],
    [
      'a run so long that a newer one succeeded before it failed',
      [run('01:00 failed 03:30'), run('02:00 ok 02:05')],
      { success: '02:00', overtaken: ['01:00'] },
    ],
    [
      'a failed run that is cleared: what was before it counts again',
      [run('01:00 ok 01:05'), run('02:00 … -')],
      { success: '01:00' },
    ],
    [
      'a run in between that was marked as a success',
      [
        run('01:00 failed 01:05'),
        run('02:00 ok 02:05'),
        run('03:00 failed 03:05'),
      ],
      {
        streak: ['03:00'],
        since: '03:05',
        success: '02:00',
        failure: '03:00',
      },
    ],
    [
      'a run by hand after a scheduled one',
      [
        run('01:00 failed 01:05'),
        run('01:30 ok 01:31', { runId: 'manual__01:30' }),
      ],
      {
        success: 'manual__01:30',
        failure: '01:00',
        recovered: 'manual__01:30',
      },
    ],
    [
      'a run by hand for an older date',
      [
        run('05:00 failed 05:05'),
        run('02:00 ok 05:30', { runId: 'manual__02:00' }),
      ],
      {
        streak: ['05:00'],
        since: '05:05',
        success: 'manual__02:00',
        failure: '05:00',
      },
    ],
    [
      // Its run after is when somebody triggered it.
      'a run by hand of Airflow 3 with an older date given',
      [
        run('05:00 failed 05:05'),
        aRun('a', at('06:00'), {
          runId: 'manual',
          type: 'manual',
          logicalDate: at('02:00'),
        }),
      ],
      {
        streak: ['05:00'],
        since: '05:05',
        success: 'manual',
        failure: '05:00',
      },
    ],
    [
      'a run by hand of Airflow 3 with none',
      [
        run('05:00 failed 05:05'),
        aRun('a', at('06:00'), {
          runId: 'manual',
          type: 'manual',
          logicalDate: null,
        }),
      ],
      { success: 'manual', failure: '05:00', recovered: 'manual' },
    ],
    [
      'a run of a date in the future that was marked, before one that failed',
      [
        run('23:00 ok 01:00', { startedAt: null }),
        run('02:00 failed 02:05'),
        run('23:30 … -'),
      ],
      {
        streak: ['02:00'],
        since: '02:05',
        success: '23:00',
        failure: '02:00',
      },
    ],
    [
      'two of one moment: the id decides',
      [
        run('01:00 failed 01:05', { runId: 'b' }),
        run('01:00 ok 01:06', { runId: 'a' }),
      ],
      { streak: ['b'], since: '01:05', success: 'a', failure: 'b' },
    ],
    [
      'a run whose end Airflow left out',
      [
        run('01:00 ok 01:05'),
        run('02:00 failed -', { endedAt: null }),
        run('03:00 failed -', { endedAt: null, startedAt: null }),
      ],
      {
        streak: ['03:00', '02:00'],
        since: '02:00',
        success: '01:00',
        failure: '03:00',
      },
    ],
    [
      // Run after is the beginning of the interval there; the run is for its end.
      'a scheduled run of Airflow 2 beside one by hand',
      [
        aRun('a', at('01:00'), {
          runId: 'scheduled',
          dueAt: at('02:00'),
          endedAt: at('02:05'),
          state: 'failed',
        }),
        aRun('a', at('01:30'), { runId: 'manual', type: 'manual' }),
      ],
      {
        streak: ['scheduled'],
        since: '02:05',
        success: 'manual',
        failure: 'scheduled',
      },
    ],
  ])('says of %s', (_which, runs, expected) => {
    expect(said(runs)).toEqual({ ...nothing, ...expected });
  });

  const runsOf = historyOf('a').map(changes => {
    const runs = new Map<string, JudgedRun>();
    for (const change of changes) {
      if (change.kind === 'saved') runs.set(change.run.runId, change.run);
      else runs.delete(change.runId);
    }
    return [...runs.values()];
  });

  it('does not depend on the order in which runs are given', () => {
    fc.assert(
      fc.property(runsOf, fc.func(fc.integer()), (runs, weight) => {
        const shuffled = [...runs].sort((a, b) => weight(a) - weight(b));
        expect(said(shuffled)).toEqual(said(runs));
      }),
    );
  });

  it('fails with the newest finished run and with nothing else', () => {
    fc.assert(
      fc.property(runsOf, runs => {
        const finished = runs.filter(({ state }) =>
          ['success', 'failed'].includes(state),
        );
        const newest = finished.find(one =>
          finished.every(other => other === one || isNewer(one, other)),
        );
        const { streak, lastFailure, recoveredBy } = outcomeOf(runs);
        const isFailing = newest?.state === 'failed';
        expect(streak.at(0)).toBe(isFailing ? newest : undefined);
        expect(recoveredBy !== null).toBe(lastFailure !== null && !isFailing);
      }),
    );
  });
});
