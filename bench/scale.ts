/**
 * Figures of large fleets: `npm run bench -- --scale`, or of some sizes by `--shape M,L`. The database is filled
 * straight, so that it takes minutes; no Airflow is there, and none is asked. With `--smoke` it is the smallest.
 */
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { peakMemory } from './memory';
import { engines, PortalUnderTest, type Engine } from './PortalUnderTest';
import { reported } from './reported';
import { ms, table, timeEach, type Times } from './statistics';
import { addFleet, databaseOf } from './straightFill';

const { values: args } = parseArgs({
  strict: false,
  options: {
    smoke: { type: 'boolean' },
    shape: { type: 'string', default: 'M,L' },
    write: { type: 'string' },
  },
});

const PREFIX = 'fleet_bench_';
const TIMES = 4;
const READERS = 20;
const DAY_MS = 24 * 60 * 60_000;
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';

const shapes: Record<string, { clusters: number; dags: number }> = {
  S: { clusters: 2, dags: 100 },
  M: { clusters: 20, dags: 1_000 },
  L: { clusters: 100, dags: 1_000 },
};
/** Of each DAG, one a day. */
const RUNS = 14;

/** What people ask of the fleet. */
interface Question {
  name: string;
  paths: string[];
  /** What the database alone does for one of them. */
  bare?: (db: Knex) => Promise<unknown>;
}

function questions(): Question[] {
  const filters = [
    '',
    'lastRunState=failed',
    'paused=false',
    'text=load_77',
    'cluster=cluster-1',
    'failing=true',
    'tag=team-7',
    'ownerRef=group:default/team-7',
  ];
  const sorts = ['-lastRunAt', 'displayName', 'nextRunAt', 'successRate'];
  const overview = (hours: number) => ({
    name: `overview of ${hours} hours`,
    paths: [`/overview?hours=${hours}`],
    bare: (db: Knex) =>
      db('airflow_runs')
        .whereIn('state', ['success', 'failed'])
        .where('finished_at', '>=', Date.now() - (hours / 24) * DAY_MS)
        .select('state')
        .count({ count: '*' })
        .groupBy('state'),
  });
  return [
    {
      name: 'fleet list, 32 ways',
      paths: filters.flatMap(filter =>
        sorts.map(
          sort => `/dags?${filter}${filter ? '&' : ''}sort=${sort}&limit=50`,
        ),
      ),
      bare: async db => {
        await db('airflow_dags')
          .orderBy(['sort_name', 'cluster', 'dag_id'])
          .limit(50);
        await db('airflow_dags').count('*');
      },
    },
    { name: 'facets', paths: ['/dag-facets'] },
    overview(1),
    overview(24),
    overview(168),
    { name: 'runs that failed', paths: ['/runs?state=failed&limit=50'] },
    { name: 'alerts', paths: ['/alerts?limit=50'] },
    { name: 'clusters', paths: ['/clusters'] },
  ];
}

/** The backend over a fleet that is stored. */
async function startOver(engine: Engine, clusters: readonly string[]) {
  return PortalUnderTest.start({
    database: engine.database,
    sandboxUrl: NOWHERE,
    clusters: clusters.map(name => ({ name, version: '3.3.2' })),
  });
}

function cellsOf({ p50, p95, max }: Times, bare?: Times): string[] {
  return [ms(p50), ms(p95), ms(max), bare ? ms(bare.p50) : ''];
}

/** Each question by itself, beside what the database alone takes for it. */
async function askAlone(portal: PortalUnderTest, db: Knex) {
  const rows: string[][] = [];
  for (const { name, paths, bare } of questions()) {
    const times = await timeEach(often(paths), 1, path => portal.get(path));
    const alone = bare && (await timeEach(often([db]), 1, bare));
    rows.push([name, ...cellsOf(times, alone)]);
  }
  return rows;
}

/** All questions of many readers, and what that does to the portal. */
async function askTogether(portal: PortalUnderTest) {
  const all = questions().flatMap(({ paths }) => paths);
  const { peak, result } = await peakMemory(portal.pid, () =>
    portal.heldBy(() =>
      timeEach(often(all), READERS, path => portal.get(path)),
    ),
  );
  return { peak, held: result.held, times: result.result };
}

function often<T>(of: readonly T[]): T[] {
  return Array.from({ length: TIMES }, () => of).flat();
}

async function measure(
  engine: Engine,
  shape: string,
  { clusters: count, dags }: (typeof shapes)[string],
) {
  const clusters = Array.from({ length: count }, (_, nr) => `cluster-${nr}`);
  const before = await startOver(engine, clusters);
  await before.stop();
  const db = databaseOf(engine);
  const from = performance.now();
  await addFleet(db, { clusters, dags, runs: RUNS });
  const filledMs = performance.now() - from;
  const portal = await startOver(engine, clusters);
  const alone = await askAlone(portal, db);
  const { peak, held, times } = await askTogether(portal);
  await portal.stop();
  await db.destroy();
  const together = [`all of it, ${READERS} readers at once`, ...cellsOf(times)];
  return {
    rows: [...alone, together].map(row => [shape, engine.name, ...row]),
    load: [
      shape,
      engine.name,
      ms(filledMs),
      ms(held.p99),
      ms(held.p999),
      ms(held.longest),
      `${Math.round(peak)} MB`,
    ],
  };
}

async function main(): Promise<string> {
  const chosen = args.smoke ? ['S'] : String(args.shape).split(',');
  const measured = [];
  for (const shape of chosen) {
    const size = shapes[shape];
    if (!size) throw new Error(`--shape has no ${shape}`);
    for (const engine of engines(`${PREFIX}${shape.toLowerCase()}_`).slice(
      args.smoke ? -1 : 0,
    )) {
      measured.push(await measure(engine, shape, size));
    }
  }
  const sizes = chosen.map(shape => {
    const { clusters, dags } = shapes[shape];
    return `${shape}: ${clusters} × ${dags} DAGs × ${RUNS} runs`;
  });
  return [
    '### Large fleets',
    sizes.join('; '),
    table(
      ['fleet', 'database', 'question', 'p50', 'p95', 'longest', 'bare SQL'],
      measured.flatMap(({ rows }) => rows),
    ),
    table(
      [
        'fleet',
        'database',
        'filled in',
        'event loop held, p99',
        'p99.9',
        'longest',
        'memory at most',
      ],
      measured.map(({ load }) => load),
    ),
    '',
  ].join('\n\n');
}

reported(main, args.write);
