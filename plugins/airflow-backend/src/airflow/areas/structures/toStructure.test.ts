import fc from 'fast-check';
import type { DeclaredTask } from './bodies';
import { toStructure } from './toStructure';

const declared = (
  taskId: string,
  downstream: string[] = [],
  displayName: string | null = null,
): DeclaredTask => ({
  taskId,
  displayName,
  operator: 'EmptyOperator',
  isMapped: false,
  triggerRule: 'all_success',
  downstream,
});

describe('toStructure', () => {
  it('puts tasks into the groups that prefix their ids', () => {
    const { tasks, groups } = toStructure([
      declared('a.b.clean', ['end']),
      declared('a.read', ['a.b.clean'], 'Read the files'),
      declared('end'),
    ]);
    expect(groups).toEqual([
      { groupId: 'a', label: 'a', parentId: null },
      { groupId: 'a.b', label: 'b', parentId: 'a' },
    ]);
    expect(
      tasks.map(({ taskId, label, groupId }) => [taskId, label, groupId]),
    ).toEqual([
      ['a.read', 'Read the files', 'a'],
      ['a.b.clean', 'clean', 'a.b'],
      ['end', 'end', null],
    ]);
    expect(tasks[1]).toMatchObject({
      upstream: ['a.read'],
      downstream: ['end'],
    });
  });

  it('makes no group of a task whose id has another as its prefix', () => {
    const { tasks, groups } = toStructure([
      declared('load'),
      declared('load.v2'),
      declared('.hidden'),
      declared('dots.'),
    ]);
    expect(groups).toEqual([
      { groupId: 'dots', label: 'dots', parentId: null },
    ]);
    expect(tasks.map(({ label }) => label)).toEqual([
      '.hidden',
      'dots.',
      'load',
      'load.v2',
    ]);
  });

  it('leaves out tasks that others name but that are not there', () => {
    const { tasks } = toStructure([declared('a', ['gone'])]);
    expect(tasks).toMatchObject([{ taskId: 'a', downstream: [] }]);
  });

  /** Tasks that only lead to later ones, listed in any order. */
  const dags = fc
    .uniqueArray(fc.stringMatching(/^[ab.]{1,6}$/), { maxLength: 12 })
    .chain(ids =>
      fc
        .tuple(...ids.map((_, at) => fc.subarray(ids.slice(at + 1))))
        .chain(downstream =>
          fc.shuffledSubarray(
            ids.map((id, at) => declared(id, downstream[at])),
            { minLength: ids.length },
          ),
        ),
    );

  it('lists every task once, after all that it waits for', () => {
    fc.assert(
      fc.property(dags, given => {
        const { tasks, groups } = toStructure(given);
        const order = tasks.map(({ taskId }) => taskId);
        expect([...order].sort()).toEqual(given.map(t => t.taskId).sort());
        for (const { taskId, upstream, downstream } of tasks) {
          const own = order.indexOf(taskId);
          expect(upstream.filter(id => order.indexOf(id) > own)).toEqual([]);
          expect(downstream.filter(id => order.indexOf(id) < own)).toEqual([]);
        }
        const known = groups.map(({ groupId }) => groupId);
        expect(new Set(known).size).toBe(known.length);
        for (const id of tasks.flatMap(({ groupId }) => groupId ?? [])) {
          expect(known).toContain(id);
          expect(order).not.toContain(id);
        }
        const tooEarly = groups.filter(
          ({ parentId }, at) =>
            parentId !== null && !known.slice(0, at).includes(parentId),
        );
        expect(tooEarly).toEqual([]);
      }),
    );
  });

  it('ends even where tasks wait for one another', () => {
    const { tasks } = toStructure([declared('a', ['b']), declared('b', ['a'])]);
    expect(tasks.map(({ taskId }) => taskId)).toEqual(['a', 'b']);
  });
});
