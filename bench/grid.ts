/**
 * Figures of the grid: 300 tasks in 100 runs, and a mapped task of 2,000 instances. Run by `npm run bench`, after those
 * of the fleet. With `--smoke` it is ten runs.
 */
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { engines, PortalUnderTest } from './PortalUnderTest';
import { start, stop } from './processes';
import { reported } from './reported';
import { SandboxUnderTest } from './SandboxUnderTest';
import { ms, table, timeEach } from './statistics';

const { values: args } = parseArgs({
  strict: false,
  options: { smoke: { type: 'boolean' }, write: { type: 'string' } },
});

/** As the page asks for them. */
const RUNS_AT_ONCE = 5;
const QUESTIONS = 2;
const wide = { dagId: 'wide_300', runs: args.smoke ? 10 : 100 };
const mapped = { dagId: 'mapped_2000', runs: args.smoke ? 1 : 10 };

/** How the tasks of the newest runs stand, as the page of the DAG asks. */
async function readGrid(
  portal: PortalUnderTest,
  cluster: string,
  { dagId, runs: count }: typeof wide,
) {
  const from = performance.now();
  const listed = await portal.get(
    `/runs?cluster=${cluster}&dagId=${dagId}&limit=${count}`,
  );
  const { items } = airflowEndpoints.listRuns.response.parse(listed);
  const path = `/clusters/${cluster}/dags/${dagId}`;
  const structure = await portal.get(`${path}/structure`);
  const batches = Array.from(
    { length: Math.ceil(items.length / RUNS_AT_ONCE) },
    (_, at) => items.slice(at * RUNS_AT_ONCE, (at + 1) * RUNS_AT_ONCE),
  );
  let firstAfter: number | undefined;
  const answers = [listed, structure];
  await timeEach(batches, QUESTIONS, async runs => {
    const query = runs.map(({ runId }) => `runId=${encodeURIComponent(runId)}`);
    answers.push(await portal.get(`${path}/task-summaries?${query.join('&')}`));
    firstAfter ??= performance.now() - from;
  });
  const endAfter = performance.now() - from;
  const texts = answers.map(answer => JSON.stringify(answer));
  return {
    runs: items.length,
    firstAfter: firstAfter ?? NaN,
    endAfter,
    bytes: texts.reduce((sum, text) => sum + text.length, 0),
    zipped: texts.reduce((sum, text) => sum + gzipSync(text).length, 0),
  };
}

const kb = (bytes: number) => `${Math.round(bytes / 1024)} kB`;

async function measure(portal: PortalUnderTest, airflow: SandboxUnderTest) {
  const rows: string[][] = [];
  for (const { name, version } of airflow.clusters) {
    for (const shape of [wide, mapped]) {
      for (const viewer of ['first viewer', 'second viewer']) {
        const read: Awaited<ReturnType<typeof readGrid>>[] = [];
        const requests = await airflow.requestsDuring(async () => {
          read.push(await readGrid(portal, name, shape));
        });
        const [{ runs, firstAfter, endAfter, bytes, zipped }] = read;
        rows.push([
          `${version}, ${shape.dagId}`,
          viewer,
          String(runs),
          ms(firstAfter),
          ms(endAfter),
          String(requests),
          `${kb(bytes)}, ${kb(zipped)} zipped`,
        ]);
      }
    }
  }
  return rows;
}

async function main(): Promise<string> {
  const sandbox = await start('sandbox.ts', ['wide', '0', '9381']);
  const airflow = SandboxUnderTest.parse(sandbox.message);
  const [{ database }] = engines('fleet_bench_');
  const portal = await PortalUnderTest.start({
    database,
    sandboxUrl: airflow.url,
    clusters: airflow.clusters,
  });
  await portal.fill(10 * 60_000);
  const rows = await measure(portal, airflow);
  await portal.stop();
  await stop(sandbox.process);

  return [
    '### The grid: 300 tasks by run, and a mapped task of 2,000 instances',
    table(
      [
        'Airflow, DAG',
        'read by',
        'runs',
        'newest five runs after',
        'all after',
        'requests to Airflow',
        'sent to the browser',
      ],
      rows,
    ),
    '',
  ].join('\n');
}

reported(main, args.write);
