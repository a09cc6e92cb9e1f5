// Real Airflows on this machine, and trouble for them: npm run airflow -- <command>.
import { FriendlyError, duration, failWith, say } from '../portal/report.mjs';
import {
  connections,
  down,
  installAll,
  startRuns,
  status,
  up,
} from './index.mjs';
import {
  freeze,
  kill,
  moveClock,
  startOne,
  stopOne,
  thaw,
} from './trouble.mjs';

const USAGE = `npm run airflow -- install|up|down|status [2] [3] [--runs], with one process of them
stop|kill|start|freeze|thaw scheduler|triggerer|dag-processor|web [2] [3], or clock <seconds> [2] [3]`;

/** What can be done to one process, the others left as they are. */
const DEEDS = { stop: stopOne, kill, start: startOne, freeze, thaw };

const started = Date.now();

try {
  const [command, ...args] = process.argv.slice(2);
  await main(command, args);
} catch (error) {
  failWith(error);
}

async function main(command, args) {
  if (command in DEEDS) {
    const [service, ...majors] = args;
    for (const major of readMajors(majors))
      await DEEDS[command](major, service);
    return;
  }
  if (command === 'clock') {
    const [seconds, ...majors] = args;
    await Promise.all(
      readMajors(majors).map(major => moveClock(major, Number(seconds))),
    );
    return;
  }
  const withRuns = args.includes('--runs');
  const majors = readMajors(args.filter(argument => argument !== '--runs'));
  switch (command) {
    case 'install':
      await installAll(majors);
      return;
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
