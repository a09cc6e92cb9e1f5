import type { Browser } from '@playwright/test';
import { PortalUnderTest } from '../PortalUnderTest';
import type { SandboxUnderTest } from '../SandboxUnderTest';
import { ms } from '../statistics';
import { Reader } from './Reader';

const dagId = 'mapped_2000';

export const mappedHead = [
  'Airflow',
  'opened by',
  'first instances',
  'the next page of them',
  'received',
];

/** All instances of a mapped task, from the page of the run. */
export async function measureMapped(
  browser: Browser,
  sandbox: SandboxUnderTest,
  { name, version }: { name: string; version: string },
): Promise<string[][]> {
  const runId = encodeURIComponent(await sandbox.endedRun(name, dagId));
  const run = `/airflow/clusters/${name}/dags/${dagId}/runs/${runId}`;
  const task = `${run}/tasks/work`;
  const rows: string[][] = [];
  for (const viewer of ['first viewer', 'second viewer']) {
    const reader = await Reader.arrive(
      browser,
      `${PortalUnderTest.origin}${run}`,
      '[data-kind="run-page"]',
    );
    const first = await reader.follow(task, '[data-kind="mapped-row"]');
    const received = await reader.received();
    const next = await reader.follow(
      `${task}?offset=50`,
      '[data-kind="mapped-row"][data-map="50"]',
    );
    rows.push([
      version,
      viewer,
      ms(first),
      ms(next),
      `${Math.round(received / 1000)} kB`,
    ]);
    await reader.leave();
  }
  return rows;
}
