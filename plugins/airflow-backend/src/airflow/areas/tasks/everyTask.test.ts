import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import * as fc from 'fast-check';
import type { Page } from '../../call';
import type { PageReader } from '../../http';
import { taskInstance } from '../../mapping/tasks';
import { everyTask } from './everyTask';

function tasksOf(count: number): TaskInstance[] {
  return Array.from({ length: count }, (_, i) =>
    taskInstance.parse({
      dag_id: 'd',
      dag_run_id: `r${i % 2}`,
      task_id: `t${Math.floor(i / 4)}`,
      map_index: Math.floor(i / 2) % 2,
      state: 'success',
    }),
  );
}

/** Airflow 2 whose database gives the rows of each page in the order that `place` says. */
function listing(
  tasks: readonly TaskInstance[],
  place: (row: number, page: number) => number,
) {
  let pages = 0;
  const read: PageReader<TaskInstance> = async ({ limit, offset }) => {
    pages += 1;
    const items = tasks
      .map((task, i) => ({ task, at: place(i, pages) }))
      .sort((a, b) => a.at - b.at)
      .slice(offset, offset + limit)
      .map(({ task }) => task);
    return { items, odd: [], total: tasks.length };
  };
  return { read, pages: () => pages };
}

async function collect(pages: AsyncGenerator<Page<TaskInstance>>) {
  const items: TaskInstance[] = [];
  let skipped = 0;
  let why: string | undefined;
  for await (const page of pages) {
    items.push(...page.items);
    skipped += page.skipped;
    why = page.why ?? why;
  }
  return { items, skipped, why };
}

const namesOf = (tasks: readonly TaskInstance[]) =>
  tasks
    .map(({ runId, taskId, mapIndex }) => `${runId} ${taskId} ${mapIndex}`)
    .sort();

/** Numbers that look like chance and are not. */
const scattered = (row: number, page: number) =>
  Math.imul((row + 1) * 7919 + page * 104_729, 0x9e3779b1) >>> 0;

describe('task instances of Airflow 2', () => {
  it.each<[string, number, (row: number, page: number) => number]>([
    ['none', 0, row => row],
    ['a page', 100, scattered],
    ['more than a page', 101, scattered],
    ['many pages in an order of chance', 430, scattered],
    ['pages turned round', 250, (row, page) => (page % 2 === 0 ? row : -row)],
    [
      'rows that are written anew meanwhile, and so come last',
      260,
      (row, page) => (row < page * 30 ? 1000 + row : row),
    ],
  ])('are each met once: %s', async (_what, count, place) => {
    const tasks = tasksOf(count);
    const { read } = listing(tasks, place);
    const { items, skipped } = await collect(everyTask(read));
    expect(namesOf(items)).toEqual(namesOf(tasks));
    expect(skipped).toBe(0);
  });

  it('are each met once in whatever order, or told as missing', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 500 }),
        fc.func(fc.nat()),
        async (count, chance) => {
          const tasks = tasksOf(count);
          const { read } = listing(tasks, (row, page) => chance(row, page));
          const { items, skipped } = await collect(everyTask(read));
          expect(new Set(namesOf(items)).size).toBe(items.length);
          expect(items.length + skipped).toBe(count);
        },
      ),
      { numRuns: 30 },
    ));

  it('cost a request for each page where the order holds', async () => {
    const { read, pages } = listing(tasksOf(300), row => row);
    await collect(everyTask(read));
    expect(pages()).toBe(3);
  });

  it('are told as missing where Airflow lists some on no page', async () => {
    const { read, pages } = listing(tasksOf(120), row => row);
    const { items, skipped, why } = await collect(
      everyTask(async slice => ({ ...(await read(slice)), total: 123 })),
    );
    expect(items).toHaveLength(120);
    expect(skipped).toBe(3);
    expect(why).toContain('counts 123 tasks and lists 3 of them on no page');
    expect(pages()).toBeLessThanOrEqual(36);
  });

  it('are read no further for rows that cannot be read', async () => {
    const tasks = tasksOf(150);
    const { read, pages } = listing(tasks, row => row);
    const { items, skipped, why } = await collect(
      everyTask(async slice => {
        const received = await read(slice);
        const good = received.items.filter(task => task !== tasks[36]);
        const isThere = good.length < received.items.length;
        const odd = isThere ? ['t9: state is missing'] : [];
        return { ...received, items: good, odd };
      }),
    );
    expect({ skipped, why }).toEqual({
      skipped: 1,
      why: 't9: state is missing',
    });
    expect(items).toHaveLength(149);
    expect(pages()).toBe(2);
  });
});
