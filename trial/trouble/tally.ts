import type { Told } from './Receiver';
import type { Expected } from './steps';

/** What became of one notice that somebody had to get. */
export interface Outcome {
  step: string;
  cluster: string;
  expected: Expected;
  /** From the end of the action; null when it never came. */
  seconds: number | null;
}

/** Takes the first notice out of those heard that is the one expected. */
export function takeExpected(
  heard: Told[],
  cluster: string,
  expected: Expected,
): Told | undefined {
  const at = heard.findIndex(told => isThat(told, cluster, expected));
  return at === -1 ? undefined : heard.splice(at, 1)[0];
}

function isThat(
  { notice, alert }: Told,
  cluster: string,
  expected: Expected,
): boolean {
  return (
    notice === expected.notice &&
    alert.ruleType === expected.rule &&
    alert.subject.cluster === cluster &&
    (expected.about === undefined || subjectOf(alert).includes(expected.about))
  );
}

/** What an alert is about, in words. */
export function subjectOf({ subject }: Told['alert']): string {
  const { kind: _, cluster: __, ...rest } = subject;
  return Object.values(rest).join(' ');
}
