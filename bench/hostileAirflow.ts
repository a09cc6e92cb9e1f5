/**
 * What an Airflow that answers with the worst does to the portal and to who reads of another cluster: run by
 * `npm run bench`. With `--smoke` it is one answer for some seconds, whose figures say nothing.
 */
import { constants, setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import {
  serveHostile,
  type HostileAnswer,
  type HostileServer,
} from '../plugins/airflow-backend/src/__testUtils__/hostile';
import { hostileAnswers } from '../plugins/airflow-backend/src/__testUtils__/hostileAnswers';
import { peakMemory } from './memory';
import { engines, PortalUnderTest } from './PortalUnderTest';
import { start, stop } from './processes';
import { reported } from './reported';
import { SandboxUnderTest } from './SandboxUnderTest';
import { ms, table, timesOf } from './statistics';

const { values: args } = parseArgs({
  strict: false,
  options: { smoke: { type: 'boolean' }, write: { type: 'string' } },
});

const cluster = 'prod-eu';
const hostile = 'hostile';
const dagId = 'mapped_images';
/** Calm and attack by turns, so that what else goes on with the portal or the machine is in both. */
const ROUNDS = args.smoke ? 1 : 3;
/** With the readings that are asked for at its beginning, each kind of fact is read in it. */
const ATTACK_MS = args.smoke ? 5_000 : 15_000;
const CALM_MS = ATTACK_MS;
/** Others ask so often. */
const PAUSE_MS = 100;

/** An Airflow 3 that has nothing and is well. */
const calm: HostileAnswer = {
  version: 'v2',
  begin: JSON.stringify({
    metadatabase: { status: 'healthy' },
    scheduler: { status: 'healthy' },
    dags: [],
    dag_runs: [],
    import_errors: [],
    total_entries: 0,
  }),
  unit: ' ',
  length: 0,
};

const pause = (forMs: number) => new Promise(done => setTimeout(done, forMs));

/** How long another reader waits for what they ask for by and by. */
async function another(
  forMs: number,
  ask: (n: number) => Promise<unknown>,
): Promise<number[]> {
  const took: number[] = [];
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    const over = pause(PAUSE_MS);
    const from = performance.now();
    await ask(took.length);
    took.push(performance.now() - from);
    await over;
  }
  return took;
}

/** What the portal says of the cluster. */
async function saidOf(portal: PortalUnderTest): Promise<string> {
  const own = (await portal.clusters()).find(({ name }) => name === hostile);
  const problems = own?.collections.flatMap(({ problem }) => problem ?? []);
  return `${own?.status}: ${problems?.[0]?.message ?? 'nothing'}`;
}

/** How long others waited, each time, for what comes from Airflow and for the list of DAGs. */
interface Waits {
  live: number[];
  list: number[];
}

interface Measured {
  said: string;
  peakMb: number;
  before: Waits;
  during: Waits;
}

async function measure(
  portal: PortalUnderTest,
  airflow: HostileServer,
  task: string,
  answer: HostileAnswer,
): Promise<Measured> {
  let asked = 0;
  const others = async (forMs: number): Promise<Waits> => {
    const [live, list] = await Promise.all([
      another(forMs, () => {
        asked += 1;
        return portal.get(`${task}/wait-reasons?mapIndex=${asked % 2_000}`);
      }),
      another(forMs, () => portal.get('/dags?limit=50')),
    ]);
    return { live, list };
  };
  const before: Waits = { live: [], list: [] };
  const during: Waits = { live: [], list: [] };
  let said = '';
  let peakMb = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    airflow.answer([calm]);
    await portal.refresh(hostile, ['health', 'inventory', 'runs']);
    add(before, await others(CALM_MS));
    airflow.answer([answer]);
    const { peak, result } = await peakMemory(portal.pid, async () => {
      const read = portal.refresh(hostile, ['health', 'inventory', 'runs']);
      const [waits] = await Promise.all([others(ATTACK_MS), read]);
      return waits;
    });
    add(during, result);
    said = await saidOf(portal);
    peakMb = Math.max(peakMb, peak);
  }
  return { said, peakMb, before, during };
}

function add(waits: Waits, more: Waits) {
  waits.live.push(...more.live);
  waits.list.push(...more.list);
}

function rowOf(name: string, measured: readonly Measured[]): string[] {
  const p95 = (when: 'before' | 'during', what: keyof Waits) =>
    ms(timesOf(measured.flatMap(each => each[when][what])).p95);
  return [
    name,
    measured.length === 1 ? measured[0].said : '',
    `${Math.round(Math.max(...measured.map(({ peakMb }) => peakMb)))} MB`,
    p95('before', 'live'),
    p95('during', 'live'),
    p95('before', 'list'),
    p95('during', 'list'),
  ];
}

async function main(): Promise<string> {
  const sandbox = await start('sandbox.ts', ['0', '0', '9381']);
  const airflow = SandboxUnderTest.parse(sandbox.message);
  const attacker = await serveHostile([calm]);
  // On another machine, as it is in truth, it would take no time from who is measured.
  setPriority(attacker.pid, constants.priority.PRIORITY_LOW);
  const [{ database }] = engines('fleet_bench_');
  const portal = await PortalUnderTest.start({
    database,
    sandboxUrl: airflow.url,
    clusters: airflow.clusters.filter(({ name }) => name === cluster),
    others: [
      {
        name: hostile,
        baseUrl: attacker.urlOf(0),
        auth: { type: 'basic', username: 'admin', password: 'admin' },
      },
    ],
    intervals: {
      // They are added to what bench/app-config.yaml says.
      health: { hours: 0, seconds: 30 },
      runs: { hours: 0, seconds: 30 },
      inventory: { hours: 0, minutes: 2 },
    },
  });
  await portal.fill(5 * 60_000);
  const run = encodeURIComponent(await airflow.endedRun(cluster, dagId));
  const task = `/clusters/${cluster}/dags/${dagId}/runs/${run}/tasks/resize`;

  const rows: string[][] = [];
  const all: Measured[] = [];
  const answers = Object.entries(hostileAnswers);
  for (const [name, answer] of args.smoke ? answers.slice(0, 1) : answers) {
    const measured = await measure(portal, attacker, task, answer);
    rows.push(rowOf(name, [measured]));
    all.push(measured);
  }
  rows.push(rowOf('all of them together', all));
  if (!args.smoke) {
    // How far two measures of the same are apart here.
    const same = await measure(portal, attacker, task, calm);
    rows.push(rowOf('nothing else, for comparison', [same]));
  }
  await portal.stop();
  await attacker.close();
  await stop(sandbox.process);

  return [
    `### A hostile Airflow, for ${ROUNDS} times ${ms(ATTACK_MS)} each`,
    table(
      [
        'it answers',
        'what the portal says of it',
        'memory at most',
        'others, live, p95 before',
        'p95',
        'others, list, p95 before',
        'p95',
      ],
      rows,
    ),
    '',
  ].join('\n');
}

reported(main, args.write);
