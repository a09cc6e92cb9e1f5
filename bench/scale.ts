/**
 * Figures of large fleets: `npm run bench -- --scale`, or of some sizes by `--shape M,L`. The database is filled
 * straight, so that it takes minutes; no Airflow is there, and none is asked. With `--smoke` it is the smallest.
 */
import { appendFile } from 'node:fs/promises';
import { inspect, parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { peakMemory } from './memory';
import { engines, PortalUnderTest, type Engine } from './PortalUnderTest';
import { ms, table, timeEach, type Times } from './statistics';
import { addFleet, databaseOf } from './straightFill';

const { values: args } = parseArgs({
  strict: false,
  options: {
    scale: { type: 'boolean' },
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
  const row = (name: string, times: Times, bare?: Times) => [
    shape,
    engine.name,
    name,
    ms(times.p50),
    ms(times.p95),
    ms(times.max),
    bare ? ms(bare.p50) : '',
  ];
  const rows: string[][] = [];
  for (const { name, paths, bare } of questions()) {
    const asked = Array.from({ length: TIMES }, () => paths).flat();
    const times = await timeEach(asked, 1, path => portal.get(path));
    const alone =
      bare && (await timeEach(Array(TIMES).fill(db), 1, each => bare(each)));
    rows.push(row(name, times, alone));
  }
  const all = questions().flatMap(({ paths }) => paths);
  let together: Times | undefined;
  const { peak, result: held } = await peakMemory(portal.pid, () =>
    portal.heldBy(async () => {
      const asked = Array.from({ length: TIMES }, () => all).flat();
      together = await timeEach(asked, READERS, path => portal.get(path));
    }),
  );
  if (together) {
    rows.push(row(`all of it, ${READERS} readers at once`, together));
  }
  await portal.stop();
  await db.destroy();
  return {
    rows,
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

async function main() {
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
  const report = [
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
  process.stdout.write(`${report}\n`);
  if (typeof args.write === 'string') await appendFile(args.write, report);
}

main().catch(error => {
  process.stderr.write(`${inspect(error)}\n`);
  process.exit(1);
});
