import type { DagPresence } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  aDagOfFacts,
  anAbsentDag,
  anAlertOf,
  factsOfAbsent,
  readAt,
} from '../__testUtils__/alerts';
import type { Rule } from './index';
import type { AbsentDag, ClusterFacts } from '../model/clusterFacts';
import { findAll, proofOf } from './index';

const rule: Rule = {
  name: 'dag-vanished',
  type: 'dag-vanished',
  severity: 'critical',
  forMs: 0,
  scope: {},
};

describe('a DAG that vanished', () => {
  it('is told to its team', () => {
    const [finding] = findAll(
      factsOfAbsent([anAbsentDag('orders', 'vanished')]),
      [rule],
    );
    expect(finding).toMatchObject({
      title: 'orders vanished',
      observed: 'Since 2026-11-24 03:00 UTC for a test. Nothing of it runs',
      since: readAt,
      owner: { ref: 'group:default/payments' },
    });
  });

  it.each<[string, AbsentDag[]]>([
    ...(['broken', 'unparsed', 'doubted', 'deleted'] as const).map(
      (state): [string, AbsentDag[]] => [
        `is ${state}`,
        [anAbsentDag('orders', state)],
      ],
    ),
    [
      'vanished the day before yesterday',
      [
        anAbsentDag('orders', 'vanished', {
          presence: {
            state: 'vanished',
            since: '2026-11-22T03:00:00.000Z',
            reason: null,
          },
        }),
      ],
    ],
  ])('is not told of one that %s', (_how, dags) => {
    expect(findAll(factsOfAbsent(dags), [rule])).toEqual([]);
  });

  const [finding] = findAll(
    factsOfAbsent([anAbsentDag('orders', 'vanished')]),
    [rule],
  );
  const listed = [aDagOfFacts('orders')];
  it.each<[DagPresence | null, ClusterFacts, string | null]>([
    ['vanished', factsOfAbsent([anAbsentDag('orders', 'vanished')]), null],
    [
      'doubted',
      factsOfAbsent([anAbsentDag('orders', 'doubted')], { dags: listed }),
      null,
    ],
    [null, factsOfAbsent([]), null],
    [
      'listed',
      factsOfAbsent([], { dags: listed }),
      'orders is listed again; it was gone from 2026-11-24 03:00 UTC on',
    ],
    [
      'broken',
      factsOfAbsent([anAbsentDag('orders', 'broken')], { dags: listed }),
      'orders is in a file again, but that cannot be imported',
    ],
    [
      'deleted',
      factsOfAbsent([anAbsentDag('orders', 'deleted')]),
      'The DAG orders was deleted, so this ends without having been put right: for a test',
    ],
  ])('then %s: its alert ends by %s', (_state, facts, text) => {
    expect(proofOf(anAlertOf(finding), facts, [rule])?.text ?? null).toBe(text);
  });
});
