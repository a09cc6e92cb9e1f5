import type {
  Alert,
  DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { testDatabases } from './__testUtils__/databases';
import { historyOf, type Change } from './__testUtils__/histories';
import { startPortal, type Portal } from './__testUtils__/portal';
import { aDag } from './__testUtils__/rows';
import { outcomeOf } from './insights/outcome';
import { storesOver, type Stores } from './store/stores';

const databases = testDatabases();
const cluster = 'prod-eu';
const { getOverview, listAlerts, listDags, listRuns, getDag } =
  airflowEndpoints;

const dagIds = Array.from({ length: 30 }, (_, i) => `dag-${i}`);
const rules = [
  { name: 'run-failed', type: 'run-failed' },
  { name: 'failures-in-a-row', type: 'failures-in-a-row', count: 2 },
  { name: 'older-run-failed', type: 'older-run-failed' },
];

describe.each(databases.eachSupportedId())('what is failing, on %s', id => {
  let db: Knex;
  let stores: Stores;
  let portal: Portal;

  beforeAll(async () => {
    db = await databases.init(id);
    portal = await startPortal({ db, config: { alerts: { rules } } });
    stores = storesOver(db);
    await stores.dags.save(
      cluster,
      dagIds.map(dagId => aDag(dagId)),
      new Date(),
    );
  });
  afterAll(() => portal?.stop());

  async function apply(dagId: string, changes: readonly Change[]) {
    for (const change of changes) {
      if (change.kind === 'saved') {
        await stores.runs.save(cluster, [change.run], new Date());
      } else {
        await stores.runs.remove(cluster, { dagId, runId: change.runId });
      }
    }
  }

  async function decide() {
    for (const kind of ['health', 'inventory', 'runs'] as const) {
      await stores.collections.record(cluster, {
        kind,
        startedAt: new Date(),
        durationMs: 1,
        requests: 1,
        skippedRows: 0,
        complete: true,
        problem: null,
      });
    }
    await portal.run('airflow-alerts');
  }

  const dagOf = ({ subject }: Alert) =>
    subject.kind === 'dag' ? subject.dagId : '';
  const sorted = (ids: Iterable<string>) => [...ids].sort();

  /** What every endpoint says at one moment. */
  async function told() {
    const ask = async (path: string) =>
      (await portal.get(path).expect(200)).body;
    const overview = getOverview.response.parse(
      await ask(`/overview?hours=24&cluster=${cluster}`),
    );
    const failing = listDags.response.parse(
      await ask(`/dags?failing=true&cluster=${cluster}&limit=250`),
    );
    const well = listDags.response.parse(
      await ask(`/dags?failing=false&cluster=${cluster}&limit=250`),
    );
    const alerts = listAlerts.response.parse(
      await ask(`/alerts?cluster=${cluster}&limit=250`),
    );
    const runs: DagRun[] = [];
    for (const dagId of dagIds) {
      const query = new URLSearchParams({ cluster, dagId, limit: '250' });
      runs.push(...listRuns.response.parse(await ask(`/runs?${query}`)).items);
    }
    return { overview, failing, well, alerts: alerts.items, runs };
  }

  const histories = fc.sample(
    fc.tuple(
      ...dagIds.map(dagId => historyOf(dagId, Date.now() - 60 * 60_000)),
    ),
    { numRuns: 3, seed: 12 },
  );

  it.each(histories.map((history, i) => [i + 1, history] as const))(
    'is the same for alerts, overview and lists after %i times anything',
    async (_nr, history) => {
      for (const [i, changes] of history.entries()) {
        await apply(dagIds[i], changes);
      }
      await decide();
      // What a cause entailed comes out when it is found once more.
      await decide();
      const { overview, failing, well, alerts, runs } = await told();

      const outcomes = new Map(
        dagIds.map(dagId => [
          dagId,
          outcomeOf(runs.filter(run => run.dagId === dagId)),
        ]),
      );
      const failingIds = sorted(
        dagIds.filter(dagId => outcomes.get(dagId)?.streak.length),
      );
      expect(sorted(failing.items.map(({ dagId }) => dagId))).toEqual(
        failingIds,
      );
      expect(sorted(well.items.map(({ dagId }) => dagId))).toEqual(
        sorted(dagIds.filter(dagId => !failingIds.includes(dagId))),
      );
      for (const dag of failing.items) {
        const { streak, failingSince } = outcomes.get(dag.dagId) ?? {};
        expect(dag.failing).toEqual({
          failures: streak?.length,
          since: failingSince,
        });
        const page = await portal.get(`/clusters/${cluster}/dags/${dag.dagId}`);
        expect(getDag.response.parse(page.body).failing).toEqual(dag.failing);
      }

      const [bad, mended] = [true, false].map(isFailing =>
        overview.failingDags.filter(
          ({ recoveredBy }) => (recoveredBy === null) === isFailing,
        ),
      );
      expect(sorted(bad.map(({ dagId }) => dagId))).toEqual(failingIds);
      expect(overview.failingTotal).toBe(failingIds.length);
      expect(overview.recoveredTotal).toBe(mended.length);
      for (const { dagId, lastFailedRun, recoveredBy } of mended) {
        const outcome = outcomes.get(dagId);
        expect([lastFailedRun, recoveredBy]).toEqual([
          outcome?.lastFailure,
          outcome?.recoveredBy,
        ]);
      }

      // Every failing DAG is told; what is told beyond that was cleared, and has not ended again.
      const open = alerts.filter(({ ruleType }) => ruleType === 'run-failed');
      const openIds = open.map(dagOf);
      expect(openIds).toEqual(expect.arrayContaining(failingIds));
      const others = open.filter(alert => !failingIds.includes(dagOf(alert)));
      for (const alert of others) {
        const run = runs.find(
          ({ dagId, runId }) => dagId === dagOf(alert) && runId === alert.runId,
        );
        expect(['queued', 'running']).toContain(run?.state);
      }
      for (const alert of alerts) {
        const dagId = dagOf(alert);
        const { streak = [], overtaken = [] } = outcomes.get(dagId) ?? {};
        const goesOn = runs.some(
          run =>
            run.dagId === dagId && ['queued', 'running'].includes(run.state),
        );
        const holds = {
          'failures-in-a-row': streak.length >= 2,
          'older-run-failed': overtaken.length > 0,
        }[String(alert.ruleType)];
        expect(holds ?? true ? true : goesOn).toBe(true);
        expect(
          goesOn ||
            alert.inhibitedBy === null ||
            alerts.some(cause => cause.id === alert.inhibitedBy),
        ).toBe(true);
      }
    },
  );
});
