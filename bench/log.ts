/**
 * Figures of reading a task log of about 100 MB through the portal: run by `npm run bench`, after those of the fleet.
 * With `--smoke` the log has 100,000 lines.
 */
import { appendFile } from 'node:fs/promises';
import { inspect, parseArgs } from 'node:util';
import { memoryOf, peakMemory } from './memory';
import { engines, PortalUnderTest } from './PortalUnderTest';
import { start, stop } from './processes';
import { SandboxUnderTest } from './SandboxUnderTest';
import { ms, table } from './statistics';

const { values: args } = parseArgs({
  strict: false,
  options: { smoke: { type: 'boolean' }, write: { type: 'string' } },
});

const [dagId, taskId] = args.smoke
  ? ['hundred_thousand_lines', 'chatter']
  : ['huge_log', 'flood'];

const clusters = [
  { name: 'prod-eu', airflow: 'Airflow 2' },
  { name: 'prod-us', airflow: 'Airflow 3' },
] as const;

/** As the page asks for it, and as its "Download" does. */
const ways = [
  { way: 'the page', query: 'ends=10000' },
  { way: 'download', query: 'format=text' },
];

/** Reads a stream to its end and holds nothing of it. */
async function drain(open: () => Promise<ReadableStream<Uint8Array>>) {
  const from = performance.now();
  let firstAfter: number | undefined;
  let bytes = 0;
  for await (const chunk of await open()) {
    firstAfter ??= performance.now() - from;
    bytes += chunk.length;
  }
  return { firstAfter, bytes, endAfter: performance.now() - from };
}

const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

async function measure(
  portal: PortalUnderTest,
  sandbox: SandboxUnderTest,
): Promise<string[][]> {
  const rows: string[][] = [];
  for (const cluster of clusters) {
    const run = encodeURIComponent(await sandbox.endedRun(cluster.name, dagId));
    const log = `/clusters/${cluster.name}/dags/${dagId}/runs/${run}/tasks/${taskId}/log?try=1`;
    for (const { way, query } of ways) {
      const before = await memoryOf(portal.pid);
      const { peak, result } = await peakMemory(portal.pid, () =>
        drain(() => portal.stream(`${log}&${query}`)),
      );
      rows.push([
        cluster.airflow,
        way,
        ms(result.firstAfter ?? NaN),
        ms(result.endAfter),
        mb(result.bytes),
        `${Math.round(before)} MB`,
        `${Math.round(peak)} MB`,
      ]);
    }
  }
  return rows;
}

async function main() {
  const sandbox = await start('sandbox.ts', ['0', '0', '9381']);
  const airflow = SandboxUnderTest.parse(sandbox.message);
  const [{ database }] = engines('fleet_bench_');
  const portal = await PortalUnderTest.start({
    database,
    sandboxUrl: airflow.url,
    clusters: airflow.clusters.filter(({ name }) =>
      clusters.some(cluster => cluster.name === name),
    ),
  });
  // The portal's own first reading is not what is measured.
  await portal.fill(10 * 60_000);
  const rows = await measure(portal, airflow);
  await portal.stop();
  await stop(sandbox.process);

  const lines = args.smoke ? '100,000 lines' : '1,000,000 lines';
  const report = [
    `### A task log of ${lines}`,
    table(
      [
        'from',
        'read by',
        'first lines',
        'end',
        'sent to the browser',
        'memory of the backend before',
        'at most',
      ],
      rows,
    ),
    '',
  ].join('\n');
  process.stdout.write(`${report}\n`);
  if (typeof args.write === 'string') await appendFile(args.write, report);
}

main().catch(error => {
  process.stderr.write(`${inspect(error)}\n`);
  process.exit(1);
});
