/**
 * What a reader sees of the built portal, in Chromium: the grid of 300 tasks in 100 runs, 2,000 mapped instances, and a
 * log of about 100 MB. Run by `npm run bench`, after what is measured over HTTP. With `--smoke` it is ten runs and a
 * log of 100,000 lines.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { engines, PortalUnderTest } from '../PortalUnderTest';
import { start, stop } from '../processes';
import { reported } from '../reported';
import { SandboxUnderTest } from '../SandboxUnderTest';
import { table } from '../statistics';
import { gridHead, measureGrid } from './grid';
import { logHead, measureLog } from './log';
import { mappedHead, measureMapped } from './mapped';

const { values: args } = parseArgs({
  strict: false,
  options: { smoke: { type: 'boolean' }, write: { type: 'string' } },
});

const size = args.smoke
  ? { runs: 10, dagId: 'hundred_thousand_lines', taskId: 'chatter', times: 1 }
  : { runs: 100, dagId: 'huge_log', taskId: 'flood', times: 7 };

// That it can be measured at all is seen on one of each.
const withWideDags = args.smoke ? ['wide-2'] : ['wide-2', 'wide-3'];
const withLongLogs = [
  { cluster: 'prod-us', airflow: 'Airflow 3' },
  ...(args.smoke ? [] : [{ cluster: 'prod-eu', airflow: 'Airflow 2' }]),
];

async function measure(sandbox: SandboxUnderTest): Promise<string> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox'],
  });
  const logs: string[][] = [];
  for (const cluster of withLongLogs) {
    logs.push(await measureLog(browser, sandbox, { ...cluster, ...size }));
  }
  const grids: string[][] = [];
  const mapped: string[][] = [];
  for (const cluster of sandbox.clusters) {
    if (!withWideDags.includes(cluster.name)) continue;
    grids.push(...(await measureGrid(browser, cluster, size.runs)));
    mapped.push(...(await measureMapped(browser, sandbox, cluster)));
  }
  await browser.close();
  return [
    `### In the browser: the log of ${size.dagId}`,
    table(logHead, logs),
    `### In the browser: the grid, 300 tasks by ${size.runs} runs`,
    table(gridHead, grids),
    '### In the browser: 2,000 mapped instances',
    table(mappedHead, mapped),
  ].join('\n\n');
}

async function main(): Promise<string> {
  const program = await start('sandbox.ts', ['wide-and-demo', '0', '9381']);
  const sandbox = SandboxUnderTest.parse(program.message);
  const [{ database }] = engines('fleet_bench_');
  const looked = [...withWideDags, ...withLongLogs.map(log => log.cluster)];
  const portal = await PortalUnderTest.start({
    program: 'portal',
    database,
    sandboxUrl: sandbox.url,
    clusters: sandbox.clusters.filter(({ name }) => looked.includes(name)),
  });
  // The portal's own first reading is not what is measured.
  await portal.fill(10 * 60_000);
  const load = loadavg()[0].toFixed(1);
  const report = [
    await measure(sandbox),
    `Load of the machine: ${load} before, ${loadavg()[0].toFixed(1)} after.\n`,
  ].join('\n\n');
  await portal.stop();
  await stop(program.process);
  return report;
}

reported(main, args.write);
