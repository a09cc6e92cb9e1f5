import { parseArgs } from 'util';
import { demoFleet, generatedFleet, startSandbox } from './index';

const HELP = `Usage: cli.ts [--port 9280] [--clusters N --dags N] [--seed N]
Without --clusters, the demo fleet is served.
`;

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`--${name} must be a whole number, not "${text}"`);
  }
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9280' },
      host: { type: 'string', default: '127.0.0.1' },
      seed: { type: 'string', default: '1' },
      clusters: { type: 'string' },
      dags: { type: 'string', default: '1000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const fleet =
    values.clusters === undefined
      ? demoFleet()
      : generatedFleet({
          clusters: wholeNumber('clusters', values.clusters),
          dagsPerCluster: wholeNumber('dags', values.dags),
        });
  const sandbox = await startSandbox({
    fleet,
    seed: wholeNumber('seed', values.seed),
    port: wholeNumber('port', values.port),
    host: values.host,
  });
  const names = fleet.clusters.slice(0, 4).map(c => c.name);
  const more = fleet.clusters.length > 4 ? ', …' : '';
  process.stdout.write(
    `Airflow sandbox ready at ${sandbox.url} (${names.join(', ')}${more})\n`,
  );
  const stop = () => {
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
