import type {
  ComponentHealth,
  ImportError,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  aDagOfFacts,
  anAbsentDag,
  anAlertOf,
  aStoredRun,
  readAt,
  theFacts,
  wellRead,
} from '../__testUtils__/alerts';
import type { Rule } from './index';
import type { ClusterFacts, DagFacts } from '../model/clusterFacts';
import { findAll, proofOf } from './index';

const later = '2026-11-24T03:02:00.000Z';
const before = '2026-11-24T02:58:00.000Z';

function aRule(
  type: 'cluster-unreachable' | 'component-unhealthy' | 'import-error',
): Rule {
  return { name: type, type, severity: 'critical', forMs: 60_000, scope: {} };
}

/** What proves the only finding of some facts over, in other facts. */
function proofIn(facts: ClusterFacts, rule: Rule, foundIn: ClusterFacts) {
  const [finding] = findAll(foundIn, [rule]);
  return proofOf(anAlertOf(finding), facts, [rule])?.text ?? null;
}

function failing(): ClusterFacts['readings']['health'] {
  return {
    ...wellRead(before),
    failingSince: readAt,
    problem: { code: 'unreachable', message: 'No answer within 15 s' },
  };
}

describe('cluster-unreachable', () => {
  const rule = aRule('cluster-unreachable');
  const facts = theFacts({ readings: { health: failing() } });

  it('finds a cluster whose health cannot be read', () => {
    expect(findAll(facts, [rule])).toEqual([
      {
        fingerprint: 'cluster-unreachable/cluster-unreachable/cluster/prod-eu',
        occurrence: readAt,
        rule: 'cluster-unreachable',
        ruleType: 'cluster-unreachable',
        severity: 'critical',
        forMs: 60_000,
        subject: { kind: 'cluster', cluster: 'prod-eu' },
        title: 'Production EU cannot be read',
        observed: 'No answer within 15 s',
        expected: 'The cluster can be read',
        since: readAt,
        factsReadAt: before,
        runId: null,
        owner: {
          ref: 'group:default/platform',
          source: 'cluster',
          by: 'prod-eu',
        },
      },
    ]);
  });

  it.each([
    ['it answers', theFacts()],
    [
      'it was never read',
      theFacts({ readings: { health: { ...wellRead(), readAt: null } } }),
    ],
    [
      'only its runs cannot be read',
      theFacts({ readings: { runs: failing() } }),
    ],
  ])('finds nothing when %s', (_when, well) => {
    expect(findAll(well, [rule])).toEqual([]);
  });

  it.each([
    ['it fails still', facts, null],
    [
      'it answered last before',
      theFacts({ readings: { health: wellRead(before) } }),
      null,
    ],
    [
      'it answered since',
      theFacts({ readings: { health: wellRead(later) } }),
      'Production EU answered at 2026-11-24 03:02 UTC',
    ],
  ])('as to a proof, %s', (_when, now, text) => {
    expect(proofIn(now, rule, facts)).toBe(text);
  });
});

describe('component-unhealthy', () => {
  const rule = aRule('component-unhealthy');
  const component = (
    status: ComponentHealth['status'],
    heartbeatAt: string | null = null,
  ): ComponentHealth => ({ name: 'scheduler', status, heartbeatAt });
  const read = (at: string, ...components: ComponentHealth[]) =>
    theFacts({ components, readings: { health: wellRead(at) } });
  const facts = read(
    readAt,
    component('unhealthy', '2026-11-24T02:59:20.000Z'),
  );

  it('finds each unhealthy component since its last heartbeat', () => {
    const found = findAll(
      read(
        readAt,
        component('unhealthy', '2026-11-24T02:59:20.000Z'),
        { name: 'metadatabase', status: 'unhealthy', heartbeatAt: null },
        { name: 'dag_processor', status: 'healthy', heartbeatAt: readAt },
        { name: 'triggerer', status: 'absent', heartbeatAt: null },
      ),
      [rule],
    );
    expect(
      found.map(({ title, observed, since }) => [title, observed, since]),
    ).toEqual([
      [
        'The scheduler of Production EU is unhealthy',
        'Its last heartbeat was at 2026-11-24 02:59 UTC',
        '2026-11-24T02:59:20.000Z',
      ],
      [
        'The metadatabase of Production EU is unhealthy',
        'Airflow tells of no heartbeat',
        readAt,
      ],
    ]);
  });

  it('finds nothing in what was read before the cluster went silent', () => {
    const silent = theFacts({
      components: facts.components,
      readings: { health: failing() },
    });
    expect(findAll(silent, [rule])).toEqual([]);
  });

  it('is one trouble, however often a slow process beats', () => {
    const [first] = findAll(facts, [rule]);
    const [second] = findAll(read(later, component('unhealthy', later)), [
      rule,
    ]);
    expect(second.occurrence).toBe(first.occurrence);
  });

  it('believes no heartbeat from after its reading', () => {
    const [finding] = findAll(read(readAt, component('unhealthy', later)), [
      rule,
    ]);
    expect(finding.since).toBe(readAt);
  });

  describe('of a scheduler of which nothing is known', () => {
    const beat = '2026-11-24T03:04:20.000Z';
    const dueAt = '2026-11-24T03:00:00.000Z';
    const queued = {
      ...aStoredRun('load_orders', dueAt, { state: 'queued' }),
      waitsSince: dueAt,
    };
    const running = {
      ...aStoredRun('load_orders', before, { state: 'running' }),
      waitsSince: null,
    };
    const owed = {
      runAfter: dueAt,
      dueAt,
      announcedAt: before,
      underWay: 0,
      freedAt: null,
    };
    const silent = (
      dag: Partial<DagFacts>,
      others: Partial<ClusterFacts> = {},
    ) =>
      theFacts({
        ...others,
        components: [component('unknown', beat)],
        readings: { health: wellRead(later), runs: wellRead(later) },
        dags: [aDagOfFacts('load_orders', dag)],
      });

    it.each<[string, Partial<DagFacts>]>([
      ['to be started', { unfinishedRuns: [queued] }],
      ['to be made', { unkeptPromises: [owed] }],
    ])('tells when a run waits %s', (_what, dag) => {
      const found = findAll(silent(dag), [rule]);
      expect(found.map(({ title, observed }) => [title, observed])).toEqual([
        [
          'The scheduler of Production EU gives no sign of life',
          'Runs wait for it; its last heartbeat is dated 2026-11-24 03:04 UTC, from before the clock of that Airflow was set back, and Airflow itself calls it healthy until then',
        ],
      ]);
      expect(proofIn(silent({}), rule, silent(dag))).toBeNull();
    });

    it.each<[string, ClusterFacts]>([
      ['nothing waits', silent({})],
      [
        'a run waits only just',
        silent({
          unfinishedRuns: [
            { ...queued, waitsSince: '2026-11-24T03:01:30.000Z' },
          ],
        }),
      ],
      [
        'it is for later, by the clock of now',
        silent({ unfinishedRuns: [{ ...queued, runAfter: beat }] }),
      ],
      ['the DAG is paused', silent({ unfinishedRuns: [queued], paused: true })],
      [
        'max_active_runs holds it back',
        silent({ unfinishedRuns: [running, queued], maxActiveRuns: 1 }),
      ],
      [
        'the file of the DAG is broken',
        silent({ unkeptPromises: [owed], hasImportErrors: true }),
      ],
      [
        'the DAG is not listed',
        silent(
          { unkeptPromises: [owed] },
          {
            absent: new Map([
              ['load_orders', anAbsentDag('load_orders', 'doubted')],
            ]),
          },
        ),
      ],
    ])('tells nothing when %s', (_when, quiet) => {
      expect(findAll(quiet, [rule])).toEqual([]);
    });
  });

  it.each([
    ['unhealthy still', read(later, component('unhealthy')), null],
    ['unknown', read(later, component('unknown')), null],
    ['not told of', read(later), null],
    ['healthy in the same reading', read(readAt, component('healthy')), null],
    [
      'healthy',
      read(later, component('healthy', '2026-11-24T03:01:58.000Z')),
      'The scheduler is healthy, its heartbeat was at 2026-11-24 03:01 UTC',
    ],
    [
      'healthy without a heartbeat',
      read(later, component('healthy')),
      'Airflow calls the scheduler healthy',
    ],
    [
      'removed',
      read(later, component('absent')),
      'Production EU has no scheduler any more',
    ],
  ])('as to a proof, when it is %s', (_how, now, text) => {
    expect(proofIn(now, rule, facts)).toBe(text);
  });
});

describe('import-error', () => {
  const rule = aRule('import-error');
  const error = (overrides: Partial<ImportError> = {}): ImportError => ({
    cluster: 'prod-eu',
    id: '1',
    filename: '/dags/shop/orders.py',
    bundle: null,
    stackTrace:
      "Traceback:\n  File …\nModuleNotFoundError: No module named 'shop'\n",
    occurredAt: before,
    ...overrides,
  });
  const read = (at: string, ...importErrors: ImportError[]) =>
    theFacts({ importErrors, readings: { inventory: wellRead(at) } });
  const facts = read(readAt, error());

  it('finds each file once, with the error that it ends in', () => {
    const found = findAll(
      read(
        readAt,
        error(),
        error({ id: '2', bundle: 'other' }),
        error({ id: '3', filename: 'b.py', stackTrace: '', occurredAt: null }),
      ),
      [rule],
    );
    expect(
      found.map(({ title, observed, since }) => [title, observed, since]),
    ).toEqual([
      [
        'orders.py cannot be imported',
        "ModuleNotFoundError: No module named 'shop'",
        before,
      ],
      ['b.py cannot be imported', 'Airflow tells no error', readAt],
    ]);
  });

  it('is something new with another error, not with another date', () => {
    const occurrenceOf = (overrides: Partial<ImportError>) =>
      findAll(read(readAt, error(overrides)), [rule])[0].occurrence;
    expect(occurrenceOf({ occurredAt: readAt })).toBe(occurrenceOf({}));
    expect(occurrenceOf({ stackTrace: 'SyntaxError' })).not.toBe(
      occurrenceOf({}),
    );
  });

  it.each([
    ['listed still', read(later, error({ id: '9' })), null],
    ['not listed by the same reading', read(readAt), null],
    [
      'not known of, since the inventory cannot be read',
      theFacts({ readings: { inventory: failing() } }),
      null,
    ],
    [
      'gone',
      read(later),
      'Airflow tells no error of orders.py any more. Whether it was mended or removed is not known, for no DAG of it is',
    ],
  ])('as to a proof, when it is %s', (_how, now, text) => {
    expect(proofIn(now, rule, facts)).toBe(text);
  });
});
