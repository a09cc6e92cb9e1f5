import type { Page } from '../../call';
import { EndlessList, MOST_PAGES, PAGE_SIZE } from '../../http';
import type { AirflowRunDetails } from './types';

/** Runs of the dates between two, both included; all when one is left out. */
export interface DateWindow {
  from: string | undefined;
  to: string | undefined;
}

/** Reads a window page by page; `by` is a column of the runs, and `-` turns its order round. */
export type WindowReader = (
  window: DateWindow,
  by: '-execution_date' | '-id',
) => AsyncGenerator<Page<AirflowRunDetails>>;

/**
 * Runs from new to old, none of them left out. Airflow 2 sorts by one column alone, and its database may put runs of one
 * date in another order for each page, so that an offset passes over some (seen on 2.11.2: two of 237). So a page goes
 * on at the date where the one before ended, and where one date fills a page, its runs are read by their number.
 */
export async function* runsByDate(
  read: WindowReader,
  { from, to }: DateWindow,
): AsyncGenerator<Page<AirflowRunDetails>> {
  let until = to;
  let known: ReadonlySet<string> = new Set();
  for (let pages = 0; ; pages += 1) {
    const page = await firstPage(read({ from, to: until }, '-execution_date'));
    if (!page) return;
    const oldest = page.items.at(-1)?.runAfter;
    if (oldest === undefined) {
      yield page;
      return;
    }
    const isLast = page.items.length + page.skipped < PAGE_SIZE;
    if (!isLast && page.items[0].runAfter === oldest) {
      yield* read({ from: oldest, to: oldest }, '-id');
      until = new Date(Date.parse(oldest) - 1).toISOString();
      known = new Set();
    } else {
      const before = known;
      const items = page.items.filter(run => !before.has(keyOf(run)));
      yield { ...page, items };
      if (isLast) return;
      const rows = (pages + 1) * PAGE_SIZE;
      const [newest] = page.items;
      if (until !== undefined && newest.runAfter > until) {
        throw new EndlessList(rows, 'none of the dates asked for');
      }
      if (pages >= MOST_PAGES) throw new EndlessList(rows, 'still more');
      const last = page.items.filter(({ runAfter }) => runAfter === oldest);
      known = new Set(last.map(keyOf));
      until = oldest;
    }
  }
}

async function firstPage<T>(
  pages: AsyncGenerator<Page<T>>,
): Promise<Page<T> | undefined> {
  for await (const page of pages) return page;
  return undefined;
}

function keyOf({ dagId, runId }: AirflowRunDetails): string {
  return JSON.stringify([dagId, runId]);
}
