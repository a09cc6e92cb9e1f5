import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import type { Stores } from '..';
import { endOf, outcomeOf } from '../../insights/outcome';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { historyOf, minute, type Change } from '../../__testUtils__/histories';
import { plansOf } from '../../__testUtils__/plans';
import { aDag, aRun } from '../../__testUtils__/rows';
import type { StoredNumber } from '../kit/moments';
import { toRun, type RunRow } from './runRows';

const databases = testDatabases();
const migration: Record<'up' | 'down', (knex: Knex) => Promise<void>> =
  jest.requireActual('../../../migrations/20261128050000_run_outcomes.js');
const now = new Date(minute(0));
const DAG = 'load_orders';

describe.each(databases.eachSupportedId())('what a DAG keeps on %s', id => {
  let db: Knex;
  let stores: Stores;

  beforeEach(async () => {
    ({ db, stores } = await freshStores(databases, id));
    await stores.dags.save('prod', [aDag(DAG)], now);
  });

  const runs = async (): Promise<DagRun[]> => {
    const rows: RunRow[] = await db('airflow_runs').where({ dag_id: DAG });
    return rows.map(row => toRun(row));
  };

  async function apply(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      if (change.kind === 'saved') {
        await stores.runs.save('prod', [change.run], now);
      } else {
        await stores.runs.remove('prod', { dagId: DAG, runId: change.runId });
      }
    }
  }

  /** What the row of the DAG says, in the shape of {@link said}. */
  async function keeps() {
    const row: Record<string, StoredNumber | null> = await db('airflow_dags')
      .where({ dag_id: DAG })
      .first();
    const at = (column: string) =>
      row[column] === null ? null : new Date(Number(row[column])).toISOString();
    return {
      failures: row.failures_in_a_row,
      failingSince: at('failing_since'),
      lastSuccess: row.last_success_run,
      lastFailure: row.last_failed_run,
      lastFailedAt: at('last_failed_at'),
      recoveredBy: row.recovered_by,
    };
  }

  function said(all: readonly DagRun[]) {
    const outcome = outcomeOf(all);
    return {
      failures: outcome.streak.length,
      failingSince: outcome.failingSince,
      lastSuccess: outcome.lastSuccess?.runId ?? null,
      lastFailure: outcome.lastFailure?.runId ?? null,
      lastFailedAt: outcome.lastFailure && endOf(outcome.lastFailure),
      recoveredBy: outcome.recoveredBy?.runId ?? null,
    };
  }

  it('says what its runs say, whatever ends, is cleared, marked, filled in or deleted', async () => {
    await fc.assert(
      fc
        .asyncProperty(historyOf(DAG), async changes => {
          await apply(changes);
          expect(await keeps()).toEqual(said(await runs()));
        })
        .afterEach(async () => {
          await db('airflow_runs').delete();
        }),
      { numRuns: 150 },
    );
  });

  it('says so too of DAGs that are stored after their runs, and after a change of the schema', async () => {
    await stores.runs.save(
      'prod',
      [
        aRun(DAG, minute(0)),
        aRun(DAG, minute(10), { state: 'failed', endedAt: null }),
        aRun(DAG, minute(20), { state: 'failed', endedAt: minute(50) }),
        aRun(DAG, minute(30), { state: 'running', endedAt: null }),
        aRun(DAG, minute(9_000), { state: 'success', endedAt: minute(5) }),
      ],
      now,
    );
    const expected = said(await runs());
    expect(expected).toMatchObject({ failures: 2, failingSince: minute(10) });
    await stores.dags.save('prod', [aDag('never ran')], now);
    await migration.down(db);
    await migration.up(db);
    expect(await keeps()).toEqual(expected);
    await db('airflow_dags').delete();
    await stores.dags.save('prod', [aDag(DAG)], now);
    expect(await keeps()).toEqual(expected);
  });

  it('looks for the last runs once, and not again for each run of the DAG', async () => {
    const plans = await plansOf(db, () =>
      stores.runs.save('prod', [aRun(DAG, minute(1))], now),
    );
    const update = plans.filter(plan => plan.includes('wanted'));
    expect(update).toEqual([expect.stringMatching(/(CTE|MATERIALIZE) lasts/)]);
  });
});
