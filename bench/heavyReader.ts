/**
 * What a reader who asks for much more than a cluster may be burdened with does to readings and to other readers: run
 * by `npm run bench`. With `--smoke` it is 900 requests within ten seconds only, whose figures say nothing.
 */
import { parseArgs } from 'node:util';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { HurriedReader } from './HurriedReader';
import { engines, PortalUnderTest } from './PortalUnderTest';
import { start, stop } from './processes';
import { reported } from './reported';
import { SandboxUnderTest } from './SandboxUnderTest';
import { ms, table, timesOf, type Times } from './statistics';

const { values: args } = parseArgs({
  strict: false,
  options: { smoke: { type: 'boolean' }, write: { type: 'string' } },
});

const cluster = 'prod-eu';
const dagId = 'mapped_images';
/** How long the sandbox lets every request wait, as an Airflow with work to do would. */
const LATENCY_MS = 100;
const READ_EVERY_MS = 5_000;
const DURATION_MS = args.smoke ? 10_000 : 40_000;
/** Others ask Airflow so often; it stays within a reader's share. */
const LIVE_PAUSE_MS = 1_000;
/** What asks no Airflow has no share. */
const LIST_PAUSE_MS = 100;
/** Of the 2,000 instances of the task, those of the last hundred are left to others. */
const OTHERS_FROM = 1_900;

const pause = (forMs: number) => new Promise(done => setTimeout(done, forMs));

/** The longest that facts of a kind went without being read anew. */
async function longestGap(portal: PortalUnderTest, kind: string) {
  const readAts = new Set<number>();
  const end = performance.now() + DURATION_MS;
  while (performance.now() < end) {
    const own = (await portal.clusters()).find(({ name }) => name === cluster);
    const read = own?.collections.find(collection => collection.kind === kind);
    if (read?.problem) throw new Error(read.problem.message);
    if (read?.lastSuccessAt) readAts.add(Date.parse(read.lastSuccessAt));
    await pause(500);
  }
  const sorted = [...readAts].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((readAt, i) => readAt - sorted[i]);
  return Math.max(...gaps, Date.now() - sorted[sorted.length - 1]);
}

/** How long another reader waits for each of the things that they ask for by and by. */
async function another(
  pauseMs: number,
  ask: (n: number) => Promise<unknown>,
): Promise<Times> {
  const took: number[] = [];
  for (let n = 0; n < DURATION_MS / pauseMs; n += 1) {
    const over = pause(pauseMs);
    const from = performance.now();
    await ask(n);
    took.push(performance.now() - from);
    await over;
  }
  return timesOf(took);
}

async function measure(
  airflow: SandboxUnderTest,
  database: object,
  hurried: number,
): Promise<string[]> {
  const portal = await PortalUnderTest.start({
    database,
    sandboxUrl: airflow.url,
    clusters: airflow.clusters.filter(({ name }) => name === cluster),
    limits: {},
    intervals: {
      // They are added to what bench/app-config.yaml says.
      health: { hours: 0, milliseconds: READ_EVERY_MS },
      runs: { hours: 0, milliseconds: READ_EVERY_MS },
      inventory: { hours: 6 },
    },
  });
  await portal.fill(5 * 60_000);
  const run = encodeURIComponent(await airflow.endedRun(cluster, dagId));
  const task = `/clusters/${cluster}/dags/${dagId}/runs/${run}/tasks/resize`;
  // What filling took of the minute is not what is measured.
  if (!args.smoke) await pause(60_000);

  const heavy = new HurriedReader(
    portal.url(''),
    n => `${task}/facts?mapIndex=${n % OTHERS_FROM}`,
  );
  const [health, runs, live, lists] = await Promise.all([
    longestGap(portal, 'health'),
    longestGap(portal, 'runs'),
    another(LIVE_PAUSE_MS, n =>
      portal.get(`${task}/wait-reasons?mapIndex=${OTHERS_FROM + n}`),
    ),
    another(LIST_PAUSE_MS, () => portal.get('/dags?limit=50')),
    heavy.hurry(hurried, DURATION_MS),
  ]);
  const told = airflowEndpoints.listAlerts.response
    .parse(await portal.get(`/alerts?cluster=${cluster}`))
    .items.filter(({ ruleType }) =>
      ['cluster-unreachable', 'readings-failing'].includes(ruleType),
    );
  await portal.stop();
  return [
    hurried === 0 ? 'nobody' : String(hurried),
    ms(health),
    ms(runs),
    ms(live.p50),
    ms(live.p95),
    ms(lists.p50),
    ms(lists.p95),
    String(told.length),
  ];
}

async function main(): Promise<string> {
  const sandbox = await start('sandbox.ts', ['0', '0', '9381']);
  const airflow = SandboxUnderTest.parse(sandbox.message);
  await airflow.delay(LATENCY_MS);
  const rows: string[][] = [];
  for (const hurried of args.smoke ? [900] : [0, 900, 5_000]) {
    const [{ database }] = engines('fleet_bench_');
    rows.push(await measure(airflow, database, hurried));
  }
  await stop(sandbox.process);

  return [
    `### A reader who hangs up, within ${ms(DURATION_MS)}`,
    table(
      [
        'requests',
        'health, longest gap',
        'runs, longest gap',
        'another, live, p50',
        'p95',
        'another, list, p50',
        'p95',
        'alerts of the cluster',
      ],
      rows,
    ),
    '',
  ].join('\n');
}

reported(main, args.write);
