import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { table } from '../../bench/statistics';
import { TrialPortal } from '../TrialPortal';
import { realAirflows } from '../realAirflows';
import { AirflowReader } from './AirflowReader';
import { compareOnce } from './compareOnce';

/** Sets everything that a portal says of the real Airflows beside what they say, and prints each difference. */
async function main(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'fleet-compare-'));
  const airflows = realAirflows();
  const portal = await TrialPortal.start({ directory, airflows, port: 9580 });
  try {
    const rows: string[][] = [];
    for (const { name, major, baseUrl } of airflows) {
      await portal.readWhole(name);
      const airflow = await AirflowReader.signIn(major, baseUrl);
      const { compared, found } = await compareOnce(portal, name, airflow);
      process.stdout.write(
        `${name}: ${compared} facts compared, ${found.length} differ\n`,
      );
      rows.push(
        ...found.map(({ fact, airflow: own, portal: said }) => [
          name,
          fact,
          own,
          said,
        ]),
      );
    }
    if (rows.length > 0) {
      const head = ['cluster', 'fact', 'Airflow says', 'the portal says'];
      process.stdout.write(`\n${table(head, rows)}\n`);
    }
    return rows.length === 0 ? 0 : 1;
  } finally {
    await portal.stop();
    await rm(directory, { recursive: true, force: true });
  }
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
