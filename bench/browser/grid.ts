import type { Browser } from '@playwright/test';
import { PortalUnderTest } from '../PortalUnderTest';
import { ms } from '../statistics';
import { type FrameTimes, Reader } from './Reader';

const dagId = 'wide_300';

export const gridHead = [
  'Airflow',
  'opened by',
  'first states',
  'all runs',
  'cells drawn',
  'frame, down',
  'frame, across',
  'received',
];

/** The grid of a DAG, from its overview. */
export async function measureGrid(
  browser: Browser,
  { name, version }: { name: string; version: string },
  runs: number,
): Promise<string[][]> {
  const rows: string[][] = [];
  for (const viewer of ['first viewer', 'second viewer']) {
    const dag = `/airflow/clusters/${name}/dags/${dagId}`;
    const reader = await Reader.arrive(
      browser,
      `${PortalUnderTest.origin}${dag}`,
      '[data-kind="recent-runs"]',
    );
    const first = await reader.follow(
      `${dag}?tab=grid&runs=${runs}`,
      '[data-kind="grid-cell"]',
    );
    await untilRead(reader, runs);
    const all = await reader.elapsed();
    const received = await reader.received();
    const down = await reader.scroll('[data-kind="grid"]', 'down');
    const across = await reader.scroll('[data-kind="grid"]', 'across');
    const cells = await reader.page.locator('[data-kind="grid-cell"]').count();
    rows.push([
      version,
      viewer,
      ms(first),
      ms(all),
      String(cells),
      frames(down),
      frames(across),
      `${Math.round(received / 1000)} kB`,
    ]);
    await reader.leave();
  }
  return rows;
}

/** Waits until the states of so many runs have come. */
async function untilRead(reader: Reader, runs: number): Promise<void> {
  await reader.page.waitForFunction(
    wanted =>
      new Set(
        performance
          .getEntriesByType('resource')
          .filter(({ name }) => name.includes('/task-summaries'))
          .flatMap(({ name }) => new URL(name).searchParams.getAll('runId')),
      ).size >= wanted,
    runs,
  );
}

function frames({ median, p95 }: FrameTimes): string {
  return `${Math.round(median)} ms, p95 ${Math.round(p95)} ms`;
}
