/**
 * Figures of a long history: a DAG with a run a minute for as long as runs are kept, among others with many. Run by
 * `npm run bench`, after those of the fleet. With `--smoke` it is two days of it.
 */
import { parseArgs } from 'node:util';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { DateTime } from 'luxon';
import { engines, PortalUnderTest, type Engine } from './PortalUnderTest';
import { start, stop } from './processes';
import { reported } from './reported';
import { SandboxUnderTest } from './SandboxUnderTest';
import { ms, table, timeEach } from './statistics';
import { addRuns, analyze, databaseOf } from './straightFill';

const { values: args } = parseArgs({
  strict: false,
  options: { smoke: { type: 'boolean' }, write: { type: 'string' } },
});

const CLUSTER = 'prod-eu';
const BUSIEST = 'airflow_monitoring';
const PREFIX = 'fleet_bench_';
const TIMES = 8;
const days = args.smoke ? 2 : 89;
const MINUTES = 24 * 60;

async function fill(engine: Engine, dagIds: string[]): Promise<number> {
  const db = databaseOf(engine);
  for (const dagId of new Set([BUSIEST, ...dagIds])) {
    const minutes = dagId === BUSIEST ? 1 : 10;
    await addRuns(db, {
      cluster: CLUSTER,
      dagId,
      everyMs: minutes * 60_000,
      count: Math.floor((days * MINUTES) / minutes),
    });
  }
  await analyze(db);
  const [counted] = await db('airflow_runs').count({ total: '*' });
  await db.destroy();
  return Number(counted.total);
}

/** What the pages of a DAG ask of its history. */
function questions(): [name: string, path: string][] {
  const dag = `/clusters/${CLUSTER}/dags/${BUSIEST}`;
  const runs = `/runs?cluster=${CLUSTER}&dagId=${BUSIEST}`;
  const today = DateTime.utc();
  const back = (count: number) => today.minus({ days: count }).toISODate();
  const month = `from=${back(30)}&to=${back(0)}`;
  return [
    ['statistics over 1, 7, 30 and 90 days', `${dag}/statistics`],
    [
      'calendar, a year of days',
      `${dag}/calendar?from=${back(365)}&to=${back(0)}`,
    ],
    ['calendar, a month of hours', `${dag}/calendar?by=hour&${month}`],
    ['runs, newest first', `${runs}&limit=50`],
    ['runs that failed', `${runs}&state=failed&limit=50`],
    ['runs, longest first', `${runs}&sort=-durationMs&limit=50`],
    ['runs whose id holds a text', `${runs}&text=history-77&limit=50`],
    ['the DAG with its recent runs', dag],
    ['runs of the whole fleet that failed', '/runs?state=failed&limit=50'],
  ];
}

async function measure(engine: Engine, airflow: SandboxUnderTest) {
  const options = {
    database: engine.database,
    sandboxUrl: airflow.url,
    clusters: airflow.clusters.filter(({ name }) => name === CLUSTER),
  };
  const before = await PortalUnderTest.start(options);
  await before.fill(10 * 60_000);
  const listed = await before.get(`/dags?cluster=${CLUSTER}&limit=100`);
  const dags = airflowEndpoints.listDags.response.parse(listed).items;
  await before.stop();
  const total = await fill(
    engine,
    dags.map(({ dagId }) => dagId),
  );
  const portal = await PortalUnderTest.start(options);
  const rows: string[][] = [];
  for (const [name, path] of questions()) {
    const asked = Array.from({ length: TIMES }, () => path);
    const { p50, max } = await timeEach(asked, 1, each => portal.get(each));
    rows.push([name, engine.name, ms(p50), ms(max)]);
  }
  await portal.stop();
  return { total, rows };
}

async function main(): Promise<string> {
  const sandbox = await start('sandbox.ts', ['0', '0', '9381']);
  const airflow = SandboxUnderTest.parse(sandbox.message);
  const measured = [];
  for (const engine of engines(PREFIX).slice(args.smoke ? -1 : 0)) {
    measured.push(await measure(engine, airflow));
  }
  await stop(sandbox.process);

  const [{ total }] = measured;
  return [
    `### A history of ${days} days`,
    `${total.toLocaleString('en')} stored runs, ${(
      days * MINUTES
    ).toLocaleString(
      'en',
    )} of them of the DAG that is asked for; each question ${TIMES} times.`,
    table(
      ['question', 'database', 'p50', 'longest'],
      measured.flatMap(({ rows }) => rows),
    ),
    '',
  ].join('\n\n');
}

reported(main, args.write);
