import type { Browser } from '@playwright/test';
import { PortalUnderTest } from '../PortalUnderTest';
import type { SandboxUnderTest } from '../SandboxUnderTest';
import { ms } from '../statistics';
import { Reader } from './Reader';

export const logHead = [
  'Airflow',
  'first line, median',
  'longest',
  'all of it',
  'JS heap before',
  'with the log',
];

/** The log of a task, from the page of its run. */
export async function measureLog(
  browser: Browser,
  sandbox: SandboxUnderTest,
  options: {
    cluster: string;
    airflow: string;
    dagId: string;
    taskId: string;
    times: number;
  },
): Promise<string[]> {
  const { cluster, airflow, dagId, taskId, times } = options;
  const runId = encodeURIComponent(await sandbox.endedRun(cluster, dagId));
  const run = `/airflow/clusters/${cluster}/dags/${dagId}/runs/${runId}`;
  const open = async () => {
    const reader = await Reader.arrive(
      browser,
      `${PortalUnderTest.origin}${run}`,
      `[data-kind="task-row"][data-task="${taskId}"]`,
    );
    const before = await reader.heap();
    const first = await reader.follow(
      `${run}/tasks/${taskId}?try=1`,
      '[data-kind="log-line"][data-row="line"]',
    );
    return { reader, before, first };
  };
  const firsts: number[] = [];
  for (let at = 1; at < times; at++) {
    const { reader, first } = await open();
    firsts.push(first);
    await reader.leave();
  }
  const { reader, before, first } = await open();
  firsts.push(first);
  await reader.page
    .locator('[data-kind="log-length"]')
    .filter({ hasNotText: 'so far' })
    .waitFor();
  const all = await reader.elapsed();
  const after = await reader.heap();
  await reader.leave();
  firsts.sort((a, b) => a - b);
  return [
    airflow,
    ms(firsts[Math.floor(firsts.length / 2)]),
    ms(firsts[firsts.length - 1]),
    ms(all),
    `${Math.round(before)} MB`,
    `${Math.round(after)} MB`,
  ];
}
