import { createHash } from 'node:crypto';
import type { Page } from '../call';
import { AirflowError } from '../errors';
import { LongWork } from '../../eventLoop';

/** Airflow caps pages at this silently, in both versions. */
export const PAGE_SIZE = 100;

/** Failing requests that finding the unreadable rows of one page may cost. A single such row costs about eight. */
const ISOLATION_BUDGET = 24;

/** Half a million rows: no list of an Airflow is as long, and one that goes on for ever would eat all its requests. */
export const MOST_PAGES = 5_000;

/** Airflow gives a list that gets nowhere. */
export class EndlessList extends Error {
  readonly name = 'EndlessList';

  /** @param what - such as `the same page again` */
  constructor(readonly rows: number, readonly what: string) {
    super(`After ${rows} rows of a list came ${what}`);
  }
}

/** What one request for a page brought. */
export interface Received<T> {
  items: T[];
  /** Of each row that cannot be read and was left out: which it is, and what is wrong with it. */
  odd: readonly string[];
  /** How many rows there are in all; undefined when Airflow does not say. */
  total: number | undefined;
}

export type PageReader<T> = (slice: {
  limit: number;
  offset: number;
  isolating?: boolean;
}) => Promise<Received<T>>;

function isUnreadableRow(error: unknown): error is AirflowError {
  return (
    error instanceof AirflowError &&
    error.code === 'server-error' &&
    error.httpStatus === 500
  );
}

/** Reads the rows around those that Airflow cannot serve, by halving what failed. */
class Isolation<T> {
  readonly items: T[] = [];
  readonly odd: string[] = [];
  total: number | undefined;
  /** Stays false when nothing at all could be read, so that no row is to blame. */
  succeeded = false;
  private failures = 0;

  constructor(
    private readonly read: PageReader<T>,
    private readonly failure: AirflowError,
  ) {}

  /** Reads rows that are known to fail when they are read together. */
  async split(offset: number, size: number): Promise<void> {
    if (size <= 1) {
      this.odd.push(`row ${offset + 1}: ${this.failure.message}`);
      return;
    }
    const half = Math.ceil(size / 2);
    await this.range(offset, half);
    await this.range(offset + half, size - half);
  }

  private async range(offset: number, size: number): Promise<void> {
    for (let at = offset; at < offset + size; ) {
      const limit = offset + size - at;
      let received: Received<T>;
      try {
        received = await this.read({ limit, offset: at, isolating: true });
      } catch (error) {
        this.failures += 1;
        if (!isUnreadableRow(error)) throw error;
        if (this.failures > ISOLATION_BUDGET) throw this.failure;
        await this.split(at, limit);
        return;
      }
      this.succeeded = true;
      this.total = received.total ?? this.total;
      this.items.push(...received.items);
      this.odd.push(...received.odd);
      const rows = received.items.length + received.odd.length;
      at += rows;
      if (rows === 0) return;
    }
  }
}

async function readPage<T>(
  read: PageReader<T>,
  offset: number,
): Promise<Received<T>> {
  try {
    return await read({ limit: PAGE_SIZE, offset });
  } catch (error) {
    if (!isUnreadableRow(error)) throw error;
    const isolation = new Isolation(read, error);
    await isolation.split(offset, PAGE_SIZE);
    if (!isolation.succeeded) throw error;
    const { items, odd, total } = isolation;
    return { items, odd, total };
  }
}

/**
 * Reads a list page by page, going on by the rows received. A row that makes Airflow answer with an error 500, or that
 * cannot be read, is left out and counted.
 *
 * @throws EndlessList where a page comes again, or more of them than any list has
 */
export async function* readPages<T>(
  read: PageReader<T>,
): AsyncGenerator<Page<T>> {
  const met = new Set<string>();
  for (let offset = 0, pages = 0; ; pages += 1) {
    const { items, odd, total } = await readPage(read, offset);
    const rows = items.length + odd.length;
    if (rows === 0) return;
    const page = await fingerprint(items);
    if (met.has(page)) throw new EndlessList(offset, 'the same page again');
    if (pages >= MOST_PAGES) throw new EndlessList(offset, 'still more');
    if (items.length > 0) met.add(page);
    yield { items, skipped: odd.length, why: odd.at(0) };
    offset += rows;
    if (total !== undefined && offset >= total) return;
  }
}

async function fingerprint(items: readonly unknown[]): Promise<string> {
  const hash = createHash('sha1');
  const work = new LongWork();
  for (const item of items) {
    hash.update(`${JSON.stringify(item)}\n`);
    await work.breathe();
  }
  return hash.digest('base64');
}
