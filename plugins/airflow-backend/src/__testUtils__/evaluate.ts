import { decide, type Evaluation } from '../alerts/decide';
import type { Decision } from '../model/storedAlerts';
import { masked } from '../masked';

/** The moment of evaluations in these tests: ten minutes after facts were read. */
export const now = '2026-11-24T03:10:00.000Z';

export const proof = { text: masked('Run 2 succeeded'), runId: 'run 2' };

/** How somebody took an alert. */
export const taken = { at: now, by: 'user:default/ada', note: null };

/** Decides when there is nothing but what a test says. */
export function evaluate(overrides: Partial<Evaluation>): Decision {
  let ids = 0;
  return decide({
    alerts: [],
    findings: [],
    proofOf: () => null,
    brokenFileOf: () => null,
    firstReadings: new Map(),
    now: new Date(now),
    newId: () => {
      ids += 1;
      return `new-${ids}`;
    },
    ...overrides,
  });
}
