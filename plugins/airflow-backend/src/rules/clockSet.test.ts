import fc from 'fast-check';
import {
  aDagOfFacts,
  aStoredRun,
  readAt,
  theFacts,
} from '../__testUtils__/alerts';
import { anyRule } from '../__testUtils__/dagFacts';
import type { Rule } from './index';
import type { ClusterFacts, DagFacts } from '../model/clusterFacts';
import { knownUntil, later } from './facts';
import { findAll } from './index';

const MINUTE = 60_000;

const rules: Rule[] = [
  {
    ...anyRule,
    name: 'too-long',
    type: 'run-too-long',
    longerThanMs: 20 * MINUTE,
    timesUsual: 3,
  },
  {
    ...anyRule,
    name: 'stuck',
    type: 'run-stuck-queued',
    longerThanMs: 15 * MINUTE,
  },
  { ...anyRule, name: 'missed', type: 'run-missed', graceMs: 10 * MINUTE },
  {
    ...anyRule,
    name: 'no-success',
    type: 'no-success',
    withinMs: 30 * MINUTE,
  },
];

/** A DAG of which everything that takes its time began so many minutes ago by its own clock when it was read. */
function began(minutesAgo: number, offsetMs: number): DagFacts {
  const at = later(readAt, offsetMs - minutesAgo * MINUTE);
  const open = { endedAt: null, durationMs: null };
  return aDagOfFacts('load_orders', {
    unfinishedRuns: [
      {
        ...aStoredRun('load_orders', at, { ...open, state: 'running' }),
        startedAt: at,
        waitsSince: null,
      },
      {
        ...aStoredRun('load_orders', at, { ...open, state: 'queued' }),
        runId: 'queued',
        waitsSince: at,
      },
    ],
    unkeptPromises: [
      {
        runAfter: at,
        dueAt: at,
        announcedAt: later(at, -MINUTE),
        underWay: 0,
        freedAt: null,
      },
    ],
    lastSuccess: aStoredRun('load_orders', at, { endedAt: at }),
  });
}

const measured = (offsetMs: number) => ({ offsetMs, measuredAt: readAt });
const found = (facts: ClusterFacts) =>
  findAll(facts, rules).map(({ ruleType, observed }) => ({
    ruleType,
    observed,
  }));

const offset = fc.integer({ min: -120, max: 120 }).map(min => min * MINUTE);

describe('a clock that is set after facts were read', () => {
  it.each([
    ['ahead', 0, 20, 0],
    ['back', 20, 0, 0],
    ['further back', -5, -25, -25],
    ['from behind to right', -20, 0, -20],
  ])(
    'that is set %s, from %d to %d min, leaves them known until %d min',
    (_where, before, now, until) => {
      const facts = theFacts({
        clock: measured(now * MINUTE),
        clockSet: {
          at: later(readAt, MINUTE),
          offsetBeforeMs: before * MINUTE,
        },
      });
      expect(knownUntil(facts, 'runs')).toBe(later(readAt, until * MINUTE));
    },
  );

  it('counts from the first reading after it', () => {
    const facts = theFacts({
      clock: measured(20 * MINUTE),
      clockSet: { at: readAt, offsetBeforeMs: 0 },
    });
    expect(knownUntil(facts, 'runs')).toBe(later(readAt, 20 * MINUTE));
  });

  it('makes nothing wrong that was not, whatever it is set to', () => {
    fc.assert(
      fc.property(
        offset,
        offset,
        fc.integer({ min: 1, max: 60 }),
        (before, now, minutesAgo) => {
          const dags = [began(minutesAgo, before)];
          const asRead = theFacts({ clock: measured(before), dags });
          const wasWrong = found(asRead);
          const isWrong = found(
            theFacts({
              clock: measured(now),
              clockSet: { at: later(readAt, MINUTE), offsetBeforeMs: before },
              dags,
            }),
          );
          const typesOf = (wrong: typeof isWrong) =>
            wrong.map(({ ruleType }) => ruleType);
          expect(typesOf(wasWrong)).toEqual(
            expect.arrayContaining(typesOf(isWrong)),
          );
          const stays = now >= before ? wasWrong : [];
          expect(isWrong).toEqual(expect.arrayContaining(stays));
        },
      ),
      { examples: [[0, 20 * MINUTE, 5]] },
    );
  });
});
