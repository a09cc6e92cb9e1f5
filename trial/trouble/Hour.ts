import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialPortal } from '../TrialPortal';
import type { Airflow } from './Airflow';
import type { DagFiles } from './DagFiles';
import type { Receiver } from './Receiver';
import type { Expected, Step } from './steps';
import { takeExpected, type Outcome } from './tally';
import { isTrue } from './truth';

/** Within this time what must be told is told; the end of what began to fire twice within the hour waits for five minutes. */
const LONGEST_MS = 7 * 60_000;
/** What was so before the portal came is told within this time. */
const OLD_NEWS_MS = 30_000;

/** The steps as they pass, with what was told of them. */
export class Hour {
  readonly outcomes: Outcome[] = [];
  /** Notices that no step asked for, and that are true. */
  true = 0;
  private readonly begun: { step: string; atMs: number }[] = [];
  /** How many notices that came without cause are told of. */
  private untold = 0;

  constructor(
    private readonly portal: TrialPortal,
    private readonly airflows: readonly Airflow[],
    private readonly files: DagFiles,
    private readonly receiver: Receiver,
  ) {}

  /** Lets the portal read everything, and tell what was so before. */
  async begin(): Promise<void> {
    await Promise.all(
      this.airflows.map(({ name }) => this.portal.readWhole(name)),
    );
    await sleep(OLD_NEWS_MS);
    process.stdout.write(
      `${this.receiver.told.length} notices of what was so before\n`,
    );
    this.receiver.told.length = 0;
  }

  async pass(step: Step): Promise<void> {
    process.stdout.write(`› ${step.what}\n`);
    this.begun.push({ step: step.what, atMs: Date.now() });
    await step.files?.(this.files);
    await Promise.all(
      this.airflows.map(async airflow => {
        await step.each?.(airflow);
        const doneMs = Date.now();
        for (const expected of step.tells ?? []) {
          const told = await this.heard(airflow.name, expected);
          const { notice, rule, about = '' } = expected;
          const came = told
            ? `after ${Math.round((told.atMs - doneMs) / 1_000)} s`
            : 'never';
          process.stdout.write(
            `  ${airflow.name}: ${notice} ${rule} ${about}: ${came}\n`,
          );
          this.outcomes.push({
            step: step.what,
            cluster: airflow.name,
            expected,
            seconds: told && Math.max(0, told.atMs - doneMs) / 1_000,
          });
        }
      }),
    );
    await sleep((step.quiet ?? 0) * 1_000);
    await this.weigh(step.mayTell);
  }

  /** Leaves of what was told beyond the steps what is not so. */
  private async weigh(mayTell: Step['mayTell'] = []): Promise<void> {
    const { told } = this.receiver;
    for (const one of told.splice(this.untold)) {
      const { notice, alert } = one;
      const airflow = this.airflows.find(
        ({ name }) => name === alert.subject.cluster,
      );
      const isSo =
        airflow !== undefined &&
        (mayTell.includes(alert.ruleType) || (await isTrue(one, airflow)));
      if (isSo) this.true += 1;
      else told.push(one);
      process.stdout.write(
        `  ${alert.subject.cluster}: ${notice}, ${
          isSo ? 'which is so' : 'without cause'
        }: ${alert.title}\n`,
      );
    }
    this.untold = told.length;
  }

  /** During which step an alert was first noticed. */
  stepAt(alert: Alert): string {
    const seenMs = Date.parse(alert.lastSeenAt);
    return this.begun.findLast(({ atMs }) => atMs <= seenMs)?.step ?? 'before';
  }

  private async heard(cluster: string, expected: Expected) {
    const deadline = Date.now() + LONGEST_MS;
    for (;;) {
      const told = takeExpected(this.receiver.told, cluster, expected);
      if (told || Date.now() > deadline) return told ?? null;
      await sleep(500);
    }
  }
}
