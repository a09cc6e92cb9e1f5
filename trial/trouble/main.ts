import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { table } from '../../bench/statistics';
import { AirflowReader } from '../compare/AirflowReader';
import { compareOnce } from '../compare/compareOnce';
import { realAirflows } from '../realAirflows';
import { TrialPortal } from '../TrialPortal';
import { Airflow } from './Airflow';
import { DagFiles } from './DagFiles';
import { Hour } from './Hour';
import { Receiver } from './Receiver';
import { stepsOf } from './steps';
import { subjectOf } from './tally';
import { trialConfig } from './trialConfig';

/**
 * An hour of trouble, in minutes: what befalls real Airflows is done to them, and what the portal tells is set beside
 * what it had to tell. What it then says is compared with what they say.
 */
async function main(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'fleet-trouble-'));
  const given = realAirflows();
  const airflows = given.map(each => new Airflow(each));
  const receiver = await Receiver.start();
  const files = await DagFiles.install();
  let portal: TrialPortal | undefined;
  try {
    await untilInService(airflows);
    portal = await TrialPortal.start({
      directory,
      airflows: given,
      port: 9581,
      airflow: trialConfig(receiver.url),
    });
    const hour = new Hour(portal, airflows, files, receiver);
    await hour.begin();
    for (const step of stepsOf(process.argv.slice(2))) await hour.pass(step);
    const differing = await compareAll(portal, given);
    return report(hour, receiver) + differing === 0 ? 0 : 1;
  } finally {
    await portal?.stop();
    await receiver.stop();
    await files.uninstall();
    for (const airflow of airflows) await forgetAll(airflow);
    await rm(directory, { recursive: true, force: true });
  }
}

async function untilInService(airflows: readonly Airflow[]): Promise<void> {
  await Promise.all(
    airflows.flatMap(airflow =>
      DagFiles.dagIds.map(dagId =>
        airflow.until(`${dagId} is in service`, () =>
          airflow.isInService(dagId),
        ),
      ),
    ),
  );
}

/** Leaves the Airflows as they were found. */
async function forgetAll(airflow: Airflow): Promise<void> {
  for (const dagId of DagFiles.dagIds) {
    await airflow.forget(dagId).catch(() => undefined);
  }
}

/** @returns how many facts the portal tells otherwise than the Airflows */
async function compareAll(
  portal: TrialPortal,
  given: ReturnType<typeof realAirflows>,
): Promise<number> {
  let differing = 0;
  for (const { name, major, baseUrl } of given) {
    const reader = await AirflowReader.signIn(major, baseUrl);
    const { compared, found } = await compareOnce(portal, name, reader);
    process.stdout.write(
      `\n${name}: ${compared} facts compared, ${found.length} differ\n`,
    );
    for (const { fact, airflow, portal: said } of found) {
      process.stdout.write(
        `  ${fact}\n    Airflow: ${airflow}\n    portal:  ${said}\n`,
      );
    }
    differing += found.length;
  }
  return differing;
}

/** @returns how many notices were missed or false */
function report(hour: Hour, { told }: Receiver): number {
  const rows = hour.outcomes.map(({ step, cluster, expected, seconds }) => [
    step,
    cluster,
    expected.notice,
    [expected.rule, expected.about].filter(Boolean).join(' '),
    seconds === null ? '**missed**' : `${seconds.toFixed(0)} s`,
  ]);
  const falseRows = told.map(({ notice, alert }) => [
    hour.stepAt(alert),
    alert.subject.cluster,
    notice,
    `${alert.ruleType} ${subjectOf(alert)}`,
    `**false**: ${alert.title}`,
  ]);
  const head = ['what happened', 'cluster', 'notice', 'of', 'told after'];
  process.stdout.write(`\n${table(head, [...rows, ...falseRows])}\n`);
  const missed = hour.outcomes.filter(({ seconds }) => seconds === null);
  process.stdout.write(
    `\n${hour.outcomes.length} notices expected, ${missed.length} missed, ${hour.true} more that are so, ${told.length} false\n`,
  );
  return missed.length + told.length;
}

main().then(
  // What still listens for the other Airflow would go on to for minutes.
  code => process.exit(code),
  error => {
    process.stderr.write(`${inspect(error)}\n`);
    process.exit(1);
  },
);
