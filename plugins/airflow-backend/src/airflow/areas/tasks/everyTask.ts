import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Page } from '../../call';
import { readPages, type PageReader } from '../../http';

/** Often enough that of 400 rows in an order of chance one is left in one list of thousands; a second time does mostly. */
const MOST_READINGS = 12;

/**
 * Task instances, each of them once. Airflow 2 lists them in no order at all, and its database may give those of
 * another page in another order, so that an offset passes over some and meets others twice. So they are counted, and
 * the list is read again until each that there is was met. What is then still missing is told as left out.
 */
export async function* everyTask(
  read: PageReader<TaskInstance>,
): AsyncGenerator<Page<TaskInstance>> {
  const met = new Set<string>();
  let odd = 0;
  for (let reading = 1; ; reading += 1) {
    let total = 0;
    let oddNow = 0;
    const pages = readPages(async slice => {
      const received = await read(slice);
      total = received.total ?? 0;
      return received;
    });
    for await (const { items, skipped, why } of pages) {
      oddNow += skipped;
      const fresh = items.filter(task => !met.has(keyOf(task)));
      fresh.forEach(task => met.add(keyOf(task)));
      if (reading === 1) yield { items: fresh, skipped, why };
      else if (fresh.length > 0) yield { items: fresh, skipped: 0 };
    }
    odd = Math.max(odd, oddNow);
    const missing = total - met.size - odd;
    if (missing <= 0) return;
    if (reading === MOST_READINGS) {
      yield {
        items: [],
        skipped: missing,
        why: `Airflow counts ${total} tasks and lists ${missing} of them on no page`,
      };
      return;
    }
  }
}

function keyOf({ runId, taskId, mapIndex }: TaskInstance): string {
  return JSON.stringify([runId, taskId, mapIndex]);
}
