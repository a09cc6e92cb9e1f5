import fc from 'fast-check';
import type { AirflowRun } from '../airflow';
import { aRun } from './rows';

const START = Date.parse('2026-11-24T00:00:00.000Z');

/** A moment of the day of these histories. */
export const minute = (nr: number, start = START) =>
  new Date(start + nr * 60_000).toISOString();

/** What happens to one run of a DAG, or that it is deleted. */
export type Change =
  | { kind: 'saved'; run: AirflowRun }
  | { kind: 'deleted'; runId: string };

const places = fc.integer({ min: 0, max: 12 });

/** A run as either version tells it: few of them and few moments, so that they overlap and tie. */
const runOf = (dagId: string, start: number) =>
  fc
    .record({
      nr: fc.integer({ min: 0, max: 6 }),
      due: places,
      tookFrom: fc.integer({ min: -2, max: 3 }),
      took: fc.integer({ min: 0, max: 8 }),
      state: fc.constantFrom(
        'success' as const,
        'failed' as const,
        'failed' as const,
        'running' as const,
        'queued' as const,
      ),
      type: fc.constantFrom(
        'scheduled' as const,
        'backfill' as const,
        'manual' as const,
        'unknown' as const,
      ),
      isOfV1: fc.boolean(),
      lacks: fc.constantFrom('nothing', 'end', 'start and end'),
      isFor: fc.option(places),
    })
    .map(({ nr, due, tookFrom, took, state, type, isOfV1, lacks, isFor }) => {
      const at = (moment: number) => minute(moment, start);
      const isTimed = type === 'scheduled' || type === 'backfill';
      // Airflow 2 calls a scheduled run by the beginning of its interval.
      const runAfter = at(isOfV1 && isTimed ? due - 1 : due);
      const startedAt = at(due + tookFrom);
      const isOver = state === 'success' || state === 'failed';
      return aRun(dagId, runAfter, {
        runId: `run ${nr}`,
        state,
        type,
        // Airflow 3 leaves it out of runs by hand, or has it as it was given.
        ...(type === 'manual' &&
          !isOfV1 && { logicalDate: isFor === null ? null : at(isFor) }),
        dueAt: at(due),
        startedAt:
          state === 'queued' || lacks === 'start and end' ? null : startedAt,
        endedAt:
          isOver && lacks === 'nothing' ? at(due + tookFrom + took) : null,
      });
    });

/** Runs that end, are cleared, marked, filled in and deleted in any order. */
export const historyOf = (
  dagId: string,
  start = START,
): fc.Arbitrary<Change[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: runOf(dagId, start).map(run => ({
          kind: 'saved' as const,
          run,
        })),
      },
      {
        weight: 1,
        arbitrary: fc.integer({ min: 0, max: 6 }).map(nr => ({
          kind: 'deleted' as const,
          runId: `run ${nr}`,
        })),
      },
    ),
    { minLength: 1, maxLength: 14 },
  );
