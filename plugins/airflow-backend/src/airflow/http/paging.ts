import type { Page } from '../AirflowClient';
import { AirflowError } from '../errors';

/** Airflow caps pages at this silently, in both versions. */
const PAGE_SIZE = 100;

/** Failing requests that finding the unreadable rows of one page may cost. A single such row costs about eight. */
const ISOLATION_BUDGET = 24;

/** What one request for a page brought. */
export interface Received<T> {
  items: T[];
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
  skipped = 0;
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
      this.skipped += 1;
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
      at += received.items.length;
      if (received.items.length === 0) return;
    }
  }
}

async function readPage<T>(
  read: PageReader<T>,
  offset: number,
): Promise<Page<T> & { total: number | undefined }> {
  try {
    return { ...(await read({ limit: PAGE_SIZE, offset })), skipped: 0 };
  } catch (error) {
    if (!isUnreadableRow(error)) throw error;
    const isolation = new Isolation(read, error);
    await isolation.split(offset, PAGE_SIZE);
    if (!isolation.succeeded) throw error;
    const { items, skipped, total } = isolation;
    return { items, skipped, total };
  }
}

/**
 * Reads a list page by page, going on by the rows received. A row that makes Airflow answer with an error 500 is
 * left out and counted.
 */
export async function* readPages<T>(
  read: PageReader<T>,
): AsyncGenerator<Page<T>> {
  for (let offset = 0; ; ) {
    const { items, skipped, total } = await readPage(read, offset);
    const rows = items.length + skipped;
    if (rows === 0) return;
    yield { items, skipped };
    offset += rows;
    if (total !== undefined && offset >= total) return;
  }
}
