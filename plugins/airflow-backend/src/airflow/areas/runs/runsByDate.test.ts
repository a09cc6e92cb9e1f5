import * as fc from 'fast-check';
import type { Page } from '../../call';
import { readPages } from '../../http';
import { runsByDate, type DateWindow, type WindowReader } from './runsByDate';
import type { AirflowRunDetails } from './types';
import { runBody } from './v1';

const PAGE_SIZE = 100;
const FIRST = Date.parse('2026-11-28T00:00:00Z');

/** Runs with so many of each minute. */
function runsOf(counts: readonly number[]): AirflowRunDetails[] {
  return counts.flatMap((count, minute) =>
    Array.from({ length: count }, (_, i) =>
      runBody.parse({
        dag_id: `d${i}`,
        dag_run_id: `r${minute}`,
        state: 'success',
        run_type: 'manual',
        execution_date: new Date(FIRST + minute * 60_000).toISOString(),
        conf: {},
      }),
    ),
  );
}

/** Airflow 2 over a database that puts what it need not sort in another order each time. */
function unsteady(runs: readonly AirflowRunDetails[]) {
  const asked: DateWindow[] = [];
  let turn = 0;
  const read: WindowReader = (window, by) =>
    readPages(async ({ limit, offset }) => {
      asked.push(window);
      turn += 1;
      const within = runs
        .map((run, id) => ({ run, id }))
        .filter(
          ({ run: { runAfter } }) =>
            (!window.from || runAfter >= window.from) &&
            (!window.to || runAfter <= window.to),
        )
        .sort((a, b) => {
          if (by === '-id') return b.id - a.id;
          const order = b.run.runAfter.localeCompare(a.run.runAfter);
          const ofTies = turn % 2 === 0 ? a.id - b.id : b.id - a.id;
          return order || ofTies;
        });
      const items = within.slice(offset, offset + limit).map(({ run }) => run);
      return { items, odd: [], total: within.length };
    });
  return { read, asked };
}

async function collect(pages: AsyncGenerator<Page<AirflowRunDetails>>) {
  const found: AirflowRunDetails[] = [];
  for await (const { items } of pages) found.push(...items);
  return found;
}

const namesOf = (runs: readonly AirflowRunDetails[]) =>
  runs.map(({ dagId, runId }) => `${dagId} ${runId}`).sort();

const whole = { from: undefined, to: undefined };

describe('runs of Airflow 2 by their date', () => {
  it.each<[string, number[]]>([
    ['none', []],
    ['fewer than a page', [3, 2]],
    ['dates that end with a page', [50, 50, 50, 50]],
    ['dates across the end of a page', [70, 70, 70]],
    ['one date of many pages', [350]],
    ['a date of many pages between others', [30, 350, 30]],
    ['a page of one date', [100, 100, 100]],
  ])('are all read: %s', async (_what, counts) => {
    const runs = runsOf(counts);
    const { read } = unsteady(runs);
    const found = namesOf(await collect(runsByDate(read, whole)));
    expect([...new Set(found)]).toEqual(namesOf(runs));
  });

  it('are all read, from new to old, whatever shares a date', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 260 }), { maxLength: 8 }),
        async counts => {
          const runs = runsOf(counts);
          const found = await collect(runsByDate(unsteady(runs).read, whole));
          expect(new Set(namesOf(found))).toEqual(new Set(namesOf(runs)));
          const dates = found.map(({ runAfter }) => runAfter);
          expect(dates).toEqual([...dates].sort().reverse());
        },
      ),
      { numRuns: 50 },
    ));

  it('cost a request for each page where few share a date', async () => {
    const { read, asked } = unsteady(runsOf(Array(PAGE_SIZE * 3).fill(1)));
    await collect(runsByDate(read, whole));
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it('tell of rows that cannot be read, also where nothing else is there', async () => {
    const odd = ['r1: state is missing'];
    const read: WindowReader = () =>
      readPages(async ({ offset }) =>
        offset === 0
          ? { items: [], odd, total: 1 }
          : { items: [], odd: [], total: 1 },
      );
    const pages: Page<AirflowRunDetails>[] = [];
    for await (const page of runsByDate(read, whole)) pages.push(page);
    expect(pages).toEqual([{ items: [], skipped: 1, why: odd[0] }]);
  });

  it('stay within the window that is asked for', async () => {
    const runs = runsOf([120, 120, 120]);
    const window = { from: runs[130].runAfter, to: runs[130].runAfter };
    expect(
      namesOf(await collect(runsByDate(unsteady(runs).read, window))),
    ).toEqual(namesOf(runs.slice(120, 240)));
  });

  it('are read no further where the dates asked for are left out', async () => {
    const runs = runsOf(Array<number>(100).fill(1)).reverse();
    let asked = 0;
    const read: WindowReader = () =>
      readPages(async () => {
        asked += 1;
        return { items: [...runs], odd: [], total: 1e9 };
      });
    const readAll = async () => {
      for await (const _ of runsByDate(read, whole));
    };
    await expect(readAll()).rejects.toThrow('none of the dates asked for');
    expect(asked).toBeLessThanOrEqual(3);
  });
});
