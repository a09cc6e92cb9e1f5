import { inspect, parseArgs } from 'node:util';
import { startSandbox } from 'airflow-sandbox';
import { Receiver } from '../trouble/Receiver';
import { clusterTroubles } from './clusterTroubles';
import { dagTroubles } from './dagTroubles';
import { DAY, HOUR, MINUTE, joined, type Hands, type Plan } from './actions';
import { monthFleet } from './fleet';
import { judge } from './judge';
import { MonthPortal } from './MonthPortal';
import { Random } from './Random';
import { inATable, wrongOf, type Lived } from './report';
import { liveAt } from './simulatedDate';
import { Watcher } from './Watcher';

const STEP = 5 * MINUTE;
const clusters = ['month-2', 'month-3'];
/** For the gate: the shortest time in which much of it happens. */
const SMOKE_DAYS = 8 / 24;

const { values: args } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    // A part of it: the portal is there from one day to another.
    from: { type: 'string', default: '0' },
    to: { type: 'string' },
    seed: { type: 'string', default: '1' },
    smoke: { type: 'boolean', default: false },
  },
});

/** Lives through a month of two simulated Airflows, and sets what the portal told beside what was so. */
async function main(): Promise<number> {
  const days = args.smoke ? SMOKE_DAYS : Number(args.days);
  const random = new Random(Number(args.seed));
  const span = { fromMs: Date.parse('2026-10-12T00:00:00Z'), days };
  const stepOf = (day: number) =>
    span.fromMs + Math.round((day * DAY) / STEP) * STEP;
  const beginMs = stepOf(Number(args.from));
  const toMs = stepOf(Number(args.to ?? days));
  const fleet = monthFleet(random, span);
  const plan = joined([
    clusterTroubles(random, clusters, span),
    dagTroubles(random, fleet.clusters, span),
  ]);

  let skewMs = 0;
  const now = () => Date.now() + skewMs;
  liveAt(span.fromMs);
  const sandbox = await startSandbox({ fleet, port: 0, now });
  const hands: Hands = {
    control: sandbox,
    setSkew: ms => {
      skewMs = ms;
    },
    now,
  };
  const watcher = new Watcher(sandbox, clusters, span.fromMs);
  const live = liveThrough(plan, hands);
  const look = (ms: number) => {
    live(ms);
    watcher.look(ms, skewMs);
  };
  for (let ms = span.fromMs; ms < beginMs; ms += STEP) {
    if (ms < beginMs - 2 * DAY) {
      live(ms);
      for (const name of clusters) sandbox.simulation(name);
    } else {
      look(ms);
    }
  }
  const receiver = await Receiver.start();
  const portal = await MonthPortal.start({
    sandboxUrl: sandbox.url,
    clusters,
    webhookUrl: receiver.url,
    atMs: beginMs,
  });
  const lived = async (untilMs: number): Promise<Lived> => {
    const truth = [...plan.expected, ...watcher.intervals];
    const told = await portal.told();
    const verdicts = judge({
      truth,
      told,
      hidden: plan.hidden,
      // What is so at the first reading is told together, half an hour later at the most.
      during: { fromMs: beginMs + HOUR, toMs: untilMs - HOUR },
      stepMs: STEP,
    });
    return { plan, truth, told, verdicts };
  };
  try {
    const seen = new Set<string>();
    let endsMs = toMs;
    // Who has no time to wait for the end is told of what was lived through.
    process.once('SIGINT', () => {
      endsMs = 0;
    });
    let ms = beginMs;
    for (; ms < endsMs; ms += STEP) {
      look(ms);
      await portal.liveAt(ms);
      await Promise.all(
        clusters.map(name =>
          portal.refresh(name, ['health', 'inventory', 'runs']),
        ),
      );
      if (ms % (6 * HOUR) === 0)
        process.stderr.write(`${new Date(ms).toISOString()}\n`);
      // So that nobody has to wait for the end of the month to look into what is wrong.
      if (ms % DAY !== 0 || ms < beginMs + DAY / 2) continue;
      for (const text of wrongOf(await lived(ms - HOUR))) {
        const [what] = text.split('\n');
        if (!seen.has(what)) process.stderr.write(`${text}\n`);
        seen.add(what);
      }
    }
    const judged = await lived(ms);
    process.stdout.write(`Until ${new Date(ms).toISOString()}\n`);
    process.stdout.write(inATable(judged.verdicts));
    const wrong = wrongOf(judged);
    process.stdout.write(wrong.map(text => `${text}\n`).join(''));
    return wrong.length === 0 ? 0 : 1;
  } finally {
    await portal.stop();
    await receiver.stop();
    await sandbox.close();
  }
}

/** Does what is planned up to a moment, each thing at its own. */
function liveThrough({ actions }: Plan, hands: Hands): (ms: number) => void {
  const left = [...actions];
  return ms => {
    for (let next = left.at(0); next && next.atMs <= ms; next = left.at(0)) {
      left.shift();
      liveAt(Math.max(next.atMs, ms - STEP));
      next.act(hands);
    }
    liveAt(ms);
  };
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${inspect(error)}\n`);
    process.exitCode = 1;
  },
);
