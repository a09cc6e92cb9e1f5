import { parseArgs, inspect } from 'node:util';
import { engines, type Engine } from '../PortalUnderTest';
import { table } from '../statistics';
import { Storm, type StormReport } from './storm';

const { values: args } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    smoke: { type: 'boolean', default: false },
  },
});
const rounds = args.smoke ? 1 : Number(args.rounds);

/** SQLite has one writer, PostgreSQL serves replicas. */
function processesOn({ name }: Engine) {
  return name === 'SQLite'
    ? { replicas: 1, firstPort: 9480 }
    : { replicas: 2, firstPort: 9481 };
}

function rowOf(report: StormReport): string[] {
  return [
    report.engine,
    String(report.replicas),
    `${report.kills} (${report.killsDuringCalls} during a call)`,
    String(report.news),
    String(report.lost),
    String(report.duplicated),
    String(report.calls),
    String(report.repeatedCalls),
    `${(report.quietAfterMs / 1_000).toFixed(1)} s`,
  ];
}

async function main() {
  const reports = await Promise.all(
    engines('fleet_kill9_').map(engine =>
      Storm.run({
        engine,
        ...processesOn(engine),
        rounds,
        onRound: round =>
          process.stderr.write(`${engine.name}: ${round} of ${rounds} kills\n`),
      }),
    ),
  );
  const head = [
    'database',
    'processes',
    'kill -9',
    'news',
    'lost',
    'duplicated',
    'calls',
    'repeated with the same key',
    'quiet after',
  ];
  process.stdout.write(`${table(head, reports.map(rowOf))}\n`);
  const isSound = reports.every(
    ({ lost, duplicated }) => lost === 0 && duplicated === 0,
  );
  process.exitCode = isSound ? 0 : 1;
}

main().catch(error => {
  process.stderr.write(`${inspect(error)}\n`);
  process.exit(1);
});
