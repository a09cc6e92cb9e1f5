import type { AirflowResourceFacts } from '@airflow-fleet/backstage-plugin-airflow-node';
import fc from 'fast-check';
import type { Knex } from 'knex';
import type { Criteria, ReadScope, Stores } from '..';
import { someCriteria, vocabulary } from '../../__testUtils__/criteria';
import { keepErrors } from '../../__testUtils__/inventories';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { aDag, aRun, aScope } from '../../__testUtils__/rows';
import { anAlert } from '../../__testUtils__/toldAlerts';
import { grants, narrow } from '../../permissions';
import { maskedText } from '../../masked';

const databases = testDatabases();
const whole = aScope('prod', 'staging');
const page = { limit: 250 };

/** DAGs with every owner and every choice of tags, on both clusters. */
const dags = vocabulary.cluster.flatMap((cluster, c) =>
  vocabulary.dagId.map((dagId, i) => ({
    cluster,
    environment: whole.clusters[c].environment,
    dagId,
    owner: [null, ...vocabulary.owner][(c + i) % 3],
    tags: vocabulary.tag.filter((_, t) => (i + c) & (1 << t)),
    ruleType: null,
  })),
);
const nameOf = (dag: { cluster: string; dagId: string | null }) =>
  `${dag.cluster}/${dag.dagId}`;

function scopeOf(criteria: Criteria): ReadScope {
  return {
    clusters: whole.clusters.flatMap(cluster => {
      const only = narrow(criteria, cluster);
      if (only === false) return [];
      return only === true ? cluster : { ...cluster, only };
    }),
  };
}

describe.each(databases.eachSupportedId())('what is allowed, on %s', id => {
  let db: Knex;
  let stores: Stores;

  beforeAll(async () => {
    ({ db, stores } = await freshStores(databases, id));
    const now = new Date('2026-11-24T02:00:00.000Z');
    for (const cluster of vocabulary.cluster) {
      const own = dags.filter(dag => dag.cluster === cluster);
      await stores.dags.save(
        cluster,
        own.map(({ dagId, tags }) =>
          aDag(dagId, { tags, fileLocation: `/dags/team/${dagId}.py` }),
        ),
        now,
      );
      await stores.runs.save(
        cluster,
        own.map(({ dagId }) =>
          aRun(dagId, '2026-11-24T01:00:00.000Z', { state: 'failed' }),
        ),
      );
      await keepErrors(
        stores,
        cluster,
        own.map(({ dagId }, i) => ({
          id: `${i}`,
          // As Airflow 2 and as Airflow 3 name files.
          filename: i % 2 ? `team/${dagId}.py` : `/dags/team/${dagId}.py`,
          bundle: null,
          stackTrace: maskedText('SyntaxError'),
          occurredAt: null,
        })),
        { forgetOthers: true },
      );
    }
    for (const { cluster, dagId, owner } of dags) {
      await db('airflow_dags')
        .where({ cluster, dag_id: dagId })
        .update({ owner_ref: owner, owner_source: 'tag', owner_by: 'team:x' });
    }
    await db.transaction(trx =>
      stores.alerts.apply(trx, {
        events: [],
        alerts: [
          ...dags.map(dag =>
            anAlert(nameOf(dag), {
              subject: { kind: 'dag', cluster: dag.cluster, dagId: dag.dagId },
              owner: dag.owner && { ref: dag.owner, source: 'tag', by: 'x' },
              fingerprint: nameOf(dag),
            }),
          ),
          anAlert('prod', {
            subject: { kind: 'cluster', cluster: 'prod' },
            ruleType: 'cluster-unreachable',
            owner: null,
            fingerprint: 'prod',
          }),
        ],
      }),
    );
  });

  const allowed = (criteria: Criteria) =>
    dags.filter(dag => grants(criteria, dag)).map(nameOf);

  it('is asked of rows as it is asked of one resource', async () => {
    await fc.assert(
      fc.asyncProperty(someCriteria, async criteria => {
        const scope = scopeOf(criteria);
        const expected = allowed(criteria).sort();
        const query = { scope, filter: {}, page };

        const listed = await stores.dags.list(query);
        expect(listed.items.map(nameOf).sort()).toEqual(expected);
        expect(listed.total).toBe(expected.length);

        const runs = await stores.runs.list(query);
        expect(runs.items.map(nameOf).sort()).toEqual(expected);

        const files = await stores.importErrors.list({ scope, page });
        expect(files.total).toBe(expected.length);
      }),
      { numRuns: 150 },
    );
  });

  it('is asked of alerts by their DAG, or by what they are about', async () => {
    const facts = new Map<string, AirflowResourceFacts>();
    const stored = await stores.resources.alerts([...dags.map(nameOf), 'prod']);
    for (const [alertId, alert] of stored) {
      const { environment } =
        whole.clusters.find(({ name }) => name === alert.cluster) ?? {};
      facts.set(alertId, { ...alert, environment: environment ?? null });
    }
    expect(facts.size).toBe(dags.length + 1);
    await fc.assert(
      fc.asyncProperty(someCriteria, async criteria => {
        const scope = scopeOf(criteria);
        const { items } = await stores.alerts.list({ scope, filter: {}, page });
        const expected = [...facts].filter(([, alert]) =>
          grants(criteria, alert),
        );
        expect(items.map(alert => alert.id).sort()).toEqual(
          expected.map(([alertId]) => alertId).sort(),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('is all that is counted of a cluster', async () => {
    const criteria: Criteria = {
      field: 'owner',
      values: ['group:default/payments'],
    };
    const { clusters } = scopeOf(criteria);
    const now = new Date('2026-11-24T02:00:00.000Z');
    for (const kind of ['inventory', 'runs'] as const) {
      for (const { name } of clusters) {
        await stores.collections.record(name, {
          kind,
          startedAt: now,
          durationMs: 1,
          requests: 1,
          skippedRows: 0,
          problem: null,
          complete: true,
        });
      }
    }
    const read = await stores.clusters.readAll(whole, { clusters }, now);
    expect(read.map(({ name, counts }) => [name, counts])).toEqual(
      vocabulary.cluster.map(name => {
        const count = allowed(criteria).filter(dag =>
          dag.startsWith(`${name}/`),
        ).length;
        expect(count).toBeGreaterThan(0);
        return [
          name,
          {
            dags: count,
            pausedDags: 0,
            importErrors: count,
            runningRuns: 0,
            queuedRuns: 0,
            failedRuns24h: count,
          },
        ];
      }),
    );
    const [none] = await stores.clusters.readAll(whole, { clusters: [] }, now);
    expect(none.counts).toBeNull();
  });
});
