import fc from 'fast-check';
import { taskSummarySchema } from '../contract/schemas';
import { taskStates } from './states';
import { countTaskStates, type TaskInstance } from './taskInstance';
import { countSummarised, leadingState, summariseTasks } from './taskSummary';

const instance = (given: Partial<TaskInstance>): TaskInstance => ({
  dagId: 'd',
  runId: 'r',
  taskId: 't',
  mapIndex: -1,
  displayName: 't',
  mapLabel: null,
  state: 'success',
  tryNumber: 1,
  maxTries: 0,
  operator: null,
  pool: null,
  queue: null,
  hostname: null,
  queuedAt: null,
  startedAt: null,
  endedAt: null,
  durationMs: null,
  note: null,
  ...given,
});

const at = (second: number) => `2026-11-25T02:00:0${second}.000Z`;

describe('leadingState', () => {
  it('has a place for every state', () => {
    expect(taskStates.map(state => leadingState([state]))).toEqual(taskStates);
  });

  it.each([
    [['success', 'failed', 'running'], 'failed'],
    [['success', 'running'], 'running'],
    [['skipped', 'success'], 'success'],
    [['none', 'success'], 'none'],
    [[], 'none'],
  ] as const)('of %j it is %s', (states, leading) => {
    expect(leadingState(states)).toBe(leading);
  });
});

describe('summariseTasks', () => {
  it('says of a plain task only what applies', () => {
    expect(summariseTasks([instance({ state: 'none', tryNumber: 0 })])).toEqual(
      [{ taskId: 't', state: 'none' }],
    );
    expect(
      summariseTasks([
        instance({
          tryNumber: 3,
          note: 'seen',
          startedAt: at(1),
          endedAt: at(2),
        }),
      ]),
    ).toEqual([
      {
        taskId: 't',
        state: 'success',
        tryNumber: 3,
        hasNote: true,
        startedAt: at(1),
        endedAt: at(2),
      },
    ]);
  });

  it('takes the instances of a mapped task together, from the first start to the last end', () => {
    const mapped = [
      instance({ mapIndex: 0, startedAt: at(2), endedAt: at(3) }),
      instance({ mapIndex: 1, startedAt: at(1), endedAt: at(4) }),
      instance({ mapIndex: 2, state: 'failed', endedAt: at(2) }),
    ];
    expect(summariseTasks(mapped)).toEqual([
      {
        taskId: 't',
        state: 'failed',
        counts: { success: 2, failed: 1 },
        startedAt: at(1),
        endedAt: at(4),
      },
    ]);
    const goesOn = [...mapped, instance({ mapIndex: 3, state: 'running' })];
    expect(summariseTasks(goesOn)[0]).not.toHaveProperty('endedAt');
  });

  it('keeps every task, and no other', () => {
    const instances = fc.array(
      fc
        .record({
          taskId: fc.constantFrom('a', 'b', 'c'),
          mapIndex: fc.integer({ min: -1, max: 3 }),
          state: fc.constantFrom(...taskStates),
          tryNumber: fc.nat({ max: 4 }),
        })
        .map(instance),
    );
    fc.assert(
      fc.property(instances, given => {
        const summaries = summariseTasks(given);
        expect(summaries.map(one => taskSummarySchema.parse(one))).toEqual(
          summaries,
        );
        expect(summaries.map(({ taskId }) => taskId).sort()).toEqual(
          [...new Set(given.map(({ taskId }) => taskId))].sort(),
        );
      }),
    );
  });
});

describe('countSummarised', () => {
  it('counts as many instances in each state as there were', () => {
    const instances = fc.array(
      fc
        .record({
          taskId: fc.constantFrom('a', 'b', 'c'),
          mapIndex: fc.integer({ min: 0, max: 5 }),
          state: fc.constantFrom(...taskStates),
        })
        .map(instance),
    );
    fc.assert(
      fc.property(instances, all => {
        const plain = [instance({ taskId: 'plain', state: 'failed' }), ...all];
        expect(countSummarised(summariseTasks(plain))).toEqual(
          countTaskStates(plain),
        );
      }),
    );
  });
});

describe('the span of a task in a run', () => {
  it.each([
    [
      'from start to end',
      'success',
      at(1),
      at(5),
      { startedAt: at(1), endedAt: at(5) },
    ],
    [
      'open while it is under way, whatever end is left',
      'running',
      at(5),
      at(1),
      { startedAt: at(5) },
    ],
    [
      'open while it waits for another try',
      'up_for_retry',
      at(1),
      at(5),
      { startedAt: at(1) },
    ],
    [
      'without an end that comes first',
      'failed',
      at(5),
      at(1),
      { startedAt: at(5) },
    ],
    ['an end alone', 'removed', null, at(5), { endedAt: at(5) }],
  ] as const)('is %s', (_what, state, startedAt, endedAt, span) => {
    const [summary] = summariseTasks([instance({ state, startedAt, endedAt })]);
    const { startedAt: from, endedAt: to } = summary;
    expect({
      ...(from && { startedAt: from }),
      ...(to && { endedAt: to }),
    }).toEqual(span);
  });
});
