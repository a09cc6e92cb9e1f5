import type { Page } from '../airflow';

/** Everything that the pages hold. */
export async function all<T>(pages: AsyncIterable<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
}

/** The first of what the pages hold. */
export async function first<T>(pages: AsyncGenerator<Page<T>>): Promise<T> {
  for await (const page of pages) {
    for (const item of page.items) return item;
  }
  throw new Error('there is none');
}
