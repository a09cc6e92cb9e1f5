import type {
  DagStructure,
  DagTask,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import { taskOf } from '../../__testUtils__/tasks';
import { layoutGraph, type GraphBox } from './layoutGraph';

const GROUPS = [null, 'a', 'a.x', 'b'] as const;

const groups = [
  { groupId: 'a', label: 'a', parentId: null },
  { groupId: 'a.x', label: 'x', parentId: 'a' },
  { groupId: 'b', label: 'b', parentId: null },
];

/** Tasks in groups, each leading to some later ones. */
const structures = fc
  .array(
    fc.record({
      groupId: fc.constantFrom(...GROUPS),
      after: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((given): DagStructure => {
    const ids = given.map(({ groupId }, at) => `${groupId ?? 'root'}.t${at}`);
    const tasks = given.map(({ groupId, after }, at) => {
      const downstream = [...new Set(after)].flatMap(
        step => ids[at + step] ?? [],
      );
      return taskOf(ids[at], [], { label: `t${at}`, groupId, downstream });
    });
    return { tasks, groups };
  });

const overlaps = (a: GraphBox, b: GraphBox) =>
  a.x < b.x + b.width &&
  b.x < a.x + a.width &&
  a.y < b.y + b.height &&
  b.y < a.y + a.height;

describe('layoutGraph', () => {
  it('draws every task once, none upon another, each within its groups', () => {
    fc.assert(
      fc.property(structures, structure => {
        const { boxes, width, height } = layoutGraph(structure, new Set());
        const tasks = boxes.filter(({ node }) => node.task);
        expect(tasks.map(({ node }) => node.id).sort()).toEqual(
          structure.tasks.map(({ taskId }) => taskId).sort(),
        );
        tasks.forEach((box, at) => {
          const others = tasks.slice(at + 1);
          expect(others.filter(other => overlaps(box, other))).toEqual([]);
        });
        for (const box of boxes) {
          expect(box.x).toBeGreaterThanOrEqual(-0.5);
          expect(box.y).toBeGreaterThanOrEqual(-0.5);
          expect(box.x + box.width).toBeLessThanOrEqual(width + 0.5);
          expect(box.y + box.height).toBeLessThanOrEqual(height + 0.5);
          for (const child of box.node.children) {
            const inner = boxes.find(({ node }) => node === child);
            expect(inner && inner.x >= box.x && inner.y > box.y).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('draws a line for each dependency, but none within what is folded', () => {
    fc.assert(
      fc.property(
        structures,
        fc.subarray(['a', 'a.x', 'b']),
        (structure, list) => {
          const folded = new Set(list);
          const { boxes, edges } = layoutGraph(structure, folded);
          const standsFor = new Map(
            boxes
              .filter(({ node }) => node.children.length === 0)
              .flatMap(({ node }) => node.taskIds.map(id => [id, node.id])),
          );
          const wanted = structure.tasks.flatMap(({ taskId, downstream }) =>
            downstream
              .map(id => [standsFor.get(taskId), standsFor.get(id)])
              .filter(([from, to]) => from !== to)
              .map(pair => JSON.stringify(pair)),
          );
          expect(
            edges.map(({ from, to }) => JSON.stringify([from, to])).sort(),
          ).toEqual([...new Set(wanted)].sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('shows what comes first on the left', () => {
    const task = (taskId: string, downstream: string[]): DagTask => ({
      taskId,
      label: taskId,
      groupId: null,
      operator: null,
      isMapped: false,
      triggerRule: 'all_success',
      upstream: [],
      downstream,
    });
    const { boxes } = layoutGraph(
      {
        tasks: [task('a', ['b']), task('b', ['c']), task('c', [])],
        groups: [],
      },
      new Set(),
    );
    const [a, b, c] = boxes.map(({ x }) => x);
    expect([a < b, b < c]).toEqual([true, true]);
  });
});
