// Real Airflows on this machine: npm run airflow -- up|down|status|stop-scheduler|start-scheduler [2] [3] [--runs].
import { FriendlyError, duration, say } from '../portal/report.mjs';
import {
  connections,
  down,
  startRuns,
  startSchedulers,
  status,
  stopSchedulers,
  up,
} from './index.mjs';

const USAGE =
  'npm run airflow -- up|down|status|stop-scheduler|start-scheduler [2] [3] [--runs]';

const started = Date.now();

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof FriendlyError)) throw error;
  process.stderr.write(`\n${error.message}\n${error.hint}\n`);
  process.exitCode = 1;
}

async function main([command, ...args]) {
  const withRuns = args.includes('--runs');
  const majors = readMajors(args.filter(argument => argument !== '--runs'));
  switch (command) {
    case 'up':
      await up(majors);
      if (withRuns) await startRuns(majors);
      announce(majors);
      return;
    case 'down':
      await down(majors);
      say(`Stopped after ${duration(Date.now() - started)}.`);
      return;
    case 'status':
      (await status()).forEach(say);
      return;
    case 'stop-scheduler':
      await stopSchedulers(majors);
      return;
    case 'start-scheduler':
      await startSchedulers(majors);
      return;
    default:
      throw new FriendlyError(`Unknown command: ${command ?? 'none'}`, USAGE);
  }
}

function readMajors(args) {
  if (args.length === 0) return [2, 3];
  const unknown = args.filter(argument => !['2', '3'].includes(argument));
  if (unknown.length > 0) {
    throw new FriendlyError(
      `Unknown Airflow: ${unknown.join(' ')}`,
      'There are 2 and 3.',
    );
  }
  return args.map(Number);
}

function announce(majors) {
  const lines = connections(majors).map(
    ({ title, baseUrl }) =>
      `    ${title}   ${baseUrl}   admin/admin, viewer/viewer`,
  );
  say(`
Ready after ${duration(Date.now() - started)}.

${lines.join('\n')}

In the portal: npm start -- --airflow
Logs:          .airflow/2/logs and .airflow/3/logs
Stop:          npm run airflow -- down
`);
}
