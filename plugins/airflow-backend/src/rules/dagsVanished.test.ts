import { anAlertOf, factsOfAbsent, readAt } from '../__testUtils__/alerts';
import { later } from '../__testUtils__/dagFacts';
import type { Rule } from './index';
import { findAll, proofOf } from './index';

const rule: Rule = {
  name: 'dags-vanished',
  type: 'dags-vanished',
  severity: 'critical',
  forMs: 0,
  scope: {},
};

describe('many DAGs that vanished at once', () => {
  const doubted = { there: 12, doubted: 7, doubtedSince: readAt };

  it('are one trouble of the cluster, until each is accounted for', () => {
    const facts = factsOfAbsent([], { presences: doubted });
    const findings = findAll(facts, [rule]);
    expect(findings).toMatchObject([
      {
        title: '7 of 12 DAGs of Production EU vanished',
        subject: { kind: 'cluster', cluster: 'prod-eu' },
        since: readAt,
        owner: { ref: 'group:default/platform' },
      },
    ]);
    const alert = anAlertOf(findings[0]);
    const one = { there: 12, doubted: 1, doubtedSince: later };
    expect(
      proofOf(alert, factsOfAbsent([], { presences: one }), [rule]),
    ).toBeNull();
    expect(proofOf(alert, factsOfAbsent([]), [rule])?.text).toContain(
      'No DAG of Production EU is in doubt any more',
    );
  });
});
