/**
 * Figures of reading a task log of about 100 MB through the portal: run by `npm run bench`, after those of the fleet.
 * With `--smoke` the log has 100,000 lines.
 */
import { parseArgs } from 'node:util';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { memoryOf, peakMemory } from './memory';
import { engines, PortalUnderTest } from './PortalUnderTest';
import { start, stop } from './processes';
import { reported } from './reported';
import { SandboxUnderTest } from './SandboxUnderTest';
import { ms, table } from './statistics';

const { getTaskError } = airflowEndpoints;

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

/** Looks for the error in a log as the page of its run does: asks again until the log is read. */
async function findError(ask: () => Promise<unknown>) {
  const from = performance.now();
  let firstAfter: number | undefined;
  for (;;) {
    const error = getTaskError.response.parse(await ask());
    firstAfter ??= performance.now() - from;
    if (!error.isReading) {
      const { isWhole } = error;
      return { firstAfter, endAfter: performance.now() - from, isWhole };
    }
    await new Promise(done => setTimeout(done, 250));
  }
}

const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

interface Place {
  airflow: string;
  /** The task's path in the portal's API. */
  task: string;
}

async function placesOn(sandbox: SandboxUnderTest): Promise<Place[]> {
  return Promise.all(
    clusters.map(async ({ name, airflow }) => {
      const run = encodeURIComponent(await sandbox.endedRun(name, dagId));
      return {
        airflow,
        task: `/clusters/${name}/dags/${dagId}/runs/${run}/tasks/${taskId}`,
      };
    }),
  );
}

async function measureStreams(
  portal: PortalUnderTest,
  places: readonly Place[],
): Promise<string[][]> {
  const rows: string[][] = [];
  for (const { airflow, task } of places) {
    for (const { way, query } of ways) {
      const before = await memoryOf(portal.pid);
      const { peak, result } = await peakMemory(portal.pid, () =>
        drain(() => portal.stream(`${task}/log?try=1&${query}`)),
      );
      rows.push([
        airflow,
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

async function measureErrors(
  portal: PortalUnderTest,
  places: readonly Place[],
): Promise<string[][]> {
  const rows: string[][] = [];
  for (const { airflow, task } of places) {
    const before = await memoryOf(portal.pid);
    const { peak, result } = await peakMemory(portal.pid, () =>
      findError(() => portal.get(`${task}/error?try=1`)),
    );
    rows.push([
      airflow,
      ms(result.firstAfter),
      ms(result.endAfter),
      result.isWhole ? 'yes' : 'no',
      `${Math.round(before)} MB`,
      `${Math.round(peak)} MB`,
    ]);
  }
  return rows;
}

async function main(): Promise<string> {
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
  const places = await placesOn(airflow);
  const streams = await measureStreams(portal, places);
  const errors = await measureErrors(portal, places);
  await portal.stop();
  await stop(sandbox.process);

  const lines = args.smoke ? '100,000 lines' : '1,000,000 lines';
  return [
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
      streams,
    ),
    '',
    `### The error in a task log of ${lines}`,
    table(
      [
        'from',
        'first answer',
        'log read',
        'to its end',
        'memory of the backend before',
        'at most',
      ],
      errors,
    ),
    '',
  ].join('\n');
}

reported(main, args.write);
