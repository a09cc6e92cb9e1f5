import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import {
  demoFleet,
  startSandbox,
  type ClusterDefinition,
  type FleetDefinition,
} from 'airflow-sandbox';
import { startPortal, type Portal } from './portal';

type Dag = ClusterDefinition['dags'][number];

/** The versions of Airflow whose requests are counted, and the cluster of each. */
export const versions = [
  { airflow: 2, cluster: 'airflow-2' },
  { airflow: 3, cluster: 'airflow-3' },
] as const;

/** How many task instances a run of each DAG has: the second has ten times as many. */
export const dags = { usual: 'load_orders', tenfold: 'ten_times' };
export const instancesOf = { usual: 13, tenfold: 130 };

/** What of a cluster is looked at. */
export interface Place {
  cluster: string;
  dagId: string;
  /** Newest first; the page is about the first. */
  runIds: readonly string[];
  taskId: string;
  assetId: number;
}

/** A portal over an Airflow of each version whose time stands still, so that what goes on goes on. */
export class CountedFleet {
  private constructor(private readonly portal: Portal) {}

  static async start(): Promise<CountedFleet> {
    const now = Date.now();
    const sandbox = await startSandbox({
      fleet: fleetAt(now),
      port: 0,
      now: () => now,
    });
    const airflow = {
      clusters: versions.map(({ airflow: version, cluster }) => ({
        name: cluster,
        baseUrl: `${sandbox.url}/${cluster}`,
        auth: {
          type: version === 2 ? 'basic' : 'airflow3',
          username: 'admin',
          password: 'admin',
        },
        limits: { requestsPerMinute: 100_000 },
      })),
    };
    const portal = await startPortal({ over: { sandbox, airflow } });
    for (const { cluster } of versions) {
      await portal.refresh(cluster).expect(200);
      await portal
        .post(`/clusters/${cluster}/dags/${dags.usual}/runs`, {})
        .expect(200);
    }
    return new CountedFleet(portal);
  }

  /** Runs of a DAG that ended badly or well, or that go on, and its task that failed after a second try. */
  async place(cluster: string, dagId: string, goesOn = false): Promise<Place> {
    const states = goesOn ? ['queued', 'running'] : ['failed', 'success'];
    const query = states.map(state => `state=${state}`).join('&');
    const { listRuns, listDagAssets } = airflowEndpoints;
    const runs = await this.portal
      .get(`/runs?cluster=${cluster}&dagId=${dagId}&limit=25&${query}`)
      .expect(200);
    const assets = await this.portal
      .get(`/clusters/${cluster}/dags/${dagId}/assets`)
      .expect(200);
    return {
      cluster,
      dagId,
      runIds: listRuns.response
        .parse(runs.body)
        .items.map(({ runId }) => runId),
      taskId: 'extract',
      assetId: listDagAssets.response.parse(assets.body).items[0].id,
    };
  }

  get(path: string) {
    return this.portal.get(path);
  }

  post(path: string, body: object) {
    return this.portal.post(path, body);
  }

  /** The requests that a cluster gets while something is done, by route and most first. */
  async requests(
    cluster: string,
    act: () => Promise<unknown>,
  ): Promise<{ route: string; count: number }[]> {
    this.portal.sandbox.resetRequests();
    await act();
    return this.portal.sandbox
      .requests()
      .routes.filter(asked => asked.cluster === cluster)
      .map(({ route, count }) => ({
        route: route.replace(/\/api\/v\d/, ''),
        count,
      }));
  }

  stop(): Promise<void> {
    return this.portal.stop();
  }
}

/** The demo's flaky DAG with a mapped task, and the same with ten times as many tasks, on both versions. */
function fleetAt(now: number): FleetDefinition {
  const [second] = demoFleet(now).clusters;
  const like = second.dags.find(({ dagId }) => dagId === dags.usual);
  if (!like) throw new Error(`The demo has no DAG ${dags.usual}`);
  const [extract] = like.tasks;
  const resize = { ...extract, taskId: 'resize', mapped: 7 };
  const usual: Dag = { ...like, tasks: [...like.tasks, resize] };
  const copies = Array.from({ length: 9 }, (_, copy) =>
    usual.tasks.map(task => ({
      ...task,
      taskId: `copy_${copy}.${task.taskId}`,
      upstream: task.upstream.map(id => `copy_${copy}.${id}`),
    })),
  );
  const tenfold: Dag = {
    ...usual,
    dagId: dags.tenfold,
    displayName: dags.tenfold,
    tasks: [...usual.tasks, ...copies.flat()],
  };
  return {
    clusters: versions.map(({ airflow, cluster }) => ({
      ...second,
      name: cluster,
      version: airflow === 2 ? '2.11.2' : '3.3.2',
      dataIntervals: airflow === 2,
      dags: [usual, tenfold],
    })),
  };
}
