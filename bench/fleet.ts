/**
 * Figures of a whole fleet on the sandbox: `npm run bench`, or `npm run bench -- --smoke` for a small one.
 * PostgreSQL is measured too where BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING is set, and alone with `--smoke`.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { FanOut } from './FanOut';
import {
  type Cost,
  costsOf,
  engines,
  PortalUnderTest,
} from './PortalUnderTest';
import { start, stop } from './processes';
import { reported } from './reported';
import { SandboxUnderTest } from './SandboxUnderTest';
import { ms, table, timeEach } from './statistics';

const { values: args } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    clusters: { type: 'string' },
    dags: { type: 'string' },
    write: { type: 'string' },
  },
});
const size = {
  clusters: Number(args.clusters ?? (args.smoke ? 2 : 20)),
  dags: Number(args.dags ?? (args.smoke ? 120 : 1000)),
};

/** Questions that people ask of the fleet list: filter, sort and page mixed. */
function questions(clusters: string[]): string[] {
  const filters = [
    '',
    'lastRunState=failed',
    'paused=false',
    'text=load',
    `cluster=${clusters[0]}`,
    'lastRunState=failed&lastRunState=running&paused=false',
  ];
  const sorts = ['-lastRunAt', 'displayName', 'nextRunAt', 'successRate'];
  return filters.flatMap(filter =>
    sorts.map(sort => `${filter}${filter ? '&' : ''}sort=${sort}&limit=50`),
  );
}

function collectionRows(reading: string, costs: Cost[]): string[][] {
  return [...new Set(costs.map(({ kind }) => kind))].map(kind => {
    const each = costs.filter(cost => cost.kind === kind);
    const took = each.map(({ durationMs }) => durationMs);
    const total = (values: number[]) => values.reduce((sum, v) => sum + v, 0);
    return [
      reading,
      kind,
      String(each.length),
      String(total(each.map(({ requests }) => requests))),
      ms(total(took) / each.length),
      ms(Math.max(...took)),
    ];
  });
}

async function measure(
  engine: { name: string; database: object },
  sandbox: SandboxUnderTest,
) {
  const portal = await PortalUnderTest.start({
    database: engine.database,
    sandboxUrl: sandbox.url,
    clusters: sandbox.clusters,
  });
  try {
    const from = performance.now();
    const first = await portal.fill(60 * 60_000);
    const firstFill = performance.now() - from;

    const cycleFrom = performance.now();
    const names = first.clusters.map(({ name }) => name);
    await Promise.all(
      names.map(name => portal.refresh(name, ['health', 'inventory', 'runs'])),
    );
    const cycle = performance.now() - cycleFrom;
    const next = costsOf(await portal.clusters());

    const asked = questions(sandbox.clusters.map(({ name }) => name));
    const repeated = Array.from({ length: 8 }, () => asked).flat();
    const list = await timeEach(repeated, 2, q => portal.get(`/dags?${q}`));

    const pages = viewerPages(names[0], await portal.get('/dags?limit=5'));
    const look = () => Promise.all(pages.map(page => portal.get(page)));
    const one = await sandbox.requestsDuring(look);
    const fifty = await sandbox.requestsDuring(() =>
      timeEach(
        Array.from({ length: 50 }, (_, i) => i),
        50,
        look,
      ),
    );
    return {
      engine: engine.name,
      first: first.costs,
      firstFill,
      next,
      cycle,
      list,
      one,
      fifty,
    };
  } finally {
    await portal.stop();
  }
}

const dagPage = z.object({
  items: z.array(
    z.object({
      cluster: z.string(),
      dagId: z.string(),
      recentRuns: z.array(z.object({ runId: z.string() })),
    }),
  ),
});

/** What a browser asks for on Overview, DAGs, one DAG and one run. */
function viewerPages(cluster: string, answer: unknown): string[] {
  const dag = dagPage
    .parse(answer)
    .items.find(({ recentRuns }) => recentRuns.length > 0);
  const fleet = ['/overview', '/clusters', '/dags?limit=50', '/dag-facets'];
  if (!dag) return [...fleet, `/clusters/${cluster}`];
  const place = `/clusters/${dag.cluster}/dags/${encodeURIComponent(
    dag.dagId,
  )}`;
  const run = encodeURIComponent(dag.recentRuns[0].runId);
  return [
    ...fleet,
    place,
    `${place}/details`,
    `${place}/task-counts?runId=${run}`,
    `${place}/runs/${run}`,
    `${place}/runs/${run}/tasks`,
  ];
}

async function main(): Promise<string> {
  const { message, process: sandboxProcess } = await start('sandbox.ts', [
    String(size.clusters),
    String(size.dags),
    '9381',
  ]);
  const sandbox = SandboxUnderTest.parse(message);
  const bound = await sandbox.lowerBound();
  const results = [];
  for (const engine of engines('fleet_bench_').slice(args.smoke ? -1 : 0))
    results.push(await measure(engine, sandbox));

  const fanOut = new FanOut(sandbox);
  const asked = args.smoke ? 2 : 5;
  const fanned = await timeEach(
    Array.from({ length: asked }, (_, i) => i),
    1,
    () => fanOut.listDags(),
  );
  const fanOutRequests = await sandbox.requestsDuring(() => fanOut.listDags());
  await stop(sandboxProcess);

  // The first of all benchmarks begins the file.
  if (args.write) await writeFile(args.write, '');
  return [
    `${size.clusters} clusters × ${size.dags} DAGs on the sandbox.`,
    `Lower bound of pages of 100 for a first fill: ${bound.dagPages} of DAGs, ${bound.runPages} of runs (1 day).`,
    '',
    '### Requests and time a collection, all clusters together',
    table(
      ['reading', 'of', 'readings', 'requests', 'mean a reading', 'longest'],
      results.flatMap(r => [
        ...collectionRows(`${r.engine}, first fill`, r.first),
        ...collectionRows(`${r.engine}, next cycle`, r.next),
      ]),
    ),
    '',
    ...results.map(
      r =>
        `Whole fleet on ${r.engine}: first fill ${ms(
          r.firstFill,
        )}, a cycle of everything after it ${ms(r.cycle)}.`,
    ),
    '',
    '### The fleet list: filter, sort and page',
    table(
      ['way', 'p50', 'p95', 'longest', 'requests to Airflow'],
      [
        ...results.map(r => [
          r.engine,
          ms(r.list.p50),
          ms(r.list.p95),
          ms(r.list.max),
          '0',
        ]),
        [
          'fan-out to the clusters',
          ms(fanned.p50),
          ms(fanned.p95),
          ms(fanned.max),
          String(fanOutRequests),
        ],
      ],
    ),
    '',
    '### Requests to Airflow that viewers cause (Overview, DAGs, a DAG, a run)',
    table(
      ['database', '1 viewer', '50 viewers at once, after the first'],
      results.map(r => [r.engine, String(r.one), String(r.fifty)]),
    ),
    '',
  ].join('\n');
}

reported(main, args.write);
