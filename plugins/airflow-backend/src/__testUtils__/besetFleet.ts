import {
  collectionKinds,
  type Cluster,
  type CollectionKind,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  airflowEndpoints,
  type Coverage,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import {
  generatedFleet,
  startSandbox,
  type FaultRequest,
  type FleetDefinition,
} from 'airflow-sandbox';
import { certifiedHost, trustedCertificate } from './certificates';
import { openGate, type Gate } from './gate';
import { standInNames, type StandInNames } from './names';
import { startPortal, type Portal } from './portal';

/** A cluster to beset with faults while one kind of fact is read from it. */
export interface BesetCluster {
  name: string;
  airflow: 2 | 3;
  kind: CollectionKind;
}

/** One cluster for each version of Airflow and kind of fact, so that no two readings share a circuit breaker. */
export const besetClusters: BesetCluster[] = ([2, 3] as const).flatMap(
  airflow =>
    collectionKinds.map(kind => ({
      name: `airflow-${airflow}-${kind}`,
      airflow,
      kind,
    })),
);

/** The cluster beside them that never has a fault. */
export const wellCluster = 'well';

/** A DAG of every cluster that runs only when it is triggered. */
export const quietDag = 'quiet';

const signIn = { username: 'admin', password: 'admin' };
export const limits = {
  timeout: { seconds: 2 },
  requestsPerMinute: 100_000,
  maxResponseBytes: 1_000_000,
};

/** What the portal shows of a cluster: itself, its DAGs and its runs. */
export interface Sight {
  cluster: Cluster;
  dags: string[];
  dagCoverage: Coverage | undefined;
  runs: string[];
  runCoverage: Coverage | undefined;
}

/** A portal over clusters that a test besets with faults: all of them behind one gate, and one beside it. */
export class BesetFleet {
  private constructor(
    readonly portal: Portal,
    readonly gate: Gate,
    readonly names: StandInNames,
  ) {}

  static async start(): Promise<BesetFleet> {
    const names = standInNames();
    const fleet = fleetOf([
      { name: wellCluster, airflow: 3 },
      ...besetClusters,
    ]);
    const sandbox = await startSandbox({ fleet, port: 0 });
    const gate = await openGate(sandbox.url, trustedCertificate);
    const clusters = [
      {
        name: wellCluster,
        baseUrl: `${sandbox.url}/${wellCluster}`,
        auth: { type: 'airflow3', ...signIn },
        limits,
      },
      ...besetClusters.map(({ name, airflow }) => ({
        name,
        baseUrl: `https://${certifiedHost}:${gate.port}/${name}`,
        tls: { ca: trustedCertificate.cert },
        auth: { type: airflow === 2 ? 'basic' : 'airflow3', ...signIn },
        limits,
      })),
    ];
    const airflow = {
      clusters,
      history: { hours: 6 },
      // Nothing turns stale by its age while the tests run.
      intervals: { health: '1h', inventory: '1h', runs: '1h' },
    };
    const portal = await startPortal({ over: { sandbox, airflow } });
    for (const { name } of clusters) await portal.refresh(name).expect(200);
    return new BesetFleet(portal, gate, names);
  }

  /** Lets the sandbox do this to every cluster behind the gate. */
  beset(fault: FaultRequest): void {
    for (const { name } of besetClusters) {
      this.portal.sandbox.addFault({ ...fault, cluster: name });
    }
  }

  /** Ends every fault. */
  async relieve(): Promise<void> {
    this.portal.sandbox.clearFaults();
    this.names.fail(undefined);
    await this.gate.open();
    this.gate.present(trustedCertificate);
  }

  /** Reads from each cluster behind the gate the kind of fact that it is there for, all at once. */
  async read(): Promise<void> {
    await Promise.all(
      besetClusters.map(({ name, kind }) =>
        this.portal.refresh(name, [kind]).expect(200),
      ),
    );
  }

  /** Looks at what the portal shows now, and gives what it shows of each cluster. */
  async look(): Promise<(cluster: string) => Sight> {
    const { listClusters, listDags, listRuns } = airflowEndpoints;
    const get = async (path: string) =>
      (await this.portal.get(path).expect(200)).body;
    const clusters = listClusters.response.parse(await get('/clusters'));
    const dags = listDags.response.parse(await get('/dags?limit=250'));
    const runs = listRuns.response.parse(await get('/runs?limit=250'));
    return name => {
      const own = (item: { cluster: string }) => item.cluster === name;
      const cluster = clusters.items.find(one => one.name === name);
      if (!cluster) throw new Error(`The portal does not show ${name}`);
      return {
        cluster,
        dags: dags.items.filter(own).map(({ dagId }) => dagId),
        dagCoverage: dags.coverage.find(own),
        runs: runs.items.filter(own).map(({ runId }) => runId),
        runCoverage: runs.coverage.find(own),
      };
    };
  }

  async stop(): Promise<void> {
    await this.portal.stop();
    await this.gate.shut();
    this.names.restore();
  }
}

function fleetOf(named: { name: string; airflow: 2 | 3 }[]): FleetDefinition {
  const made = generatedFleet({ clusters: 2, dagsPerCluster: 6 }).clusters;
  return {
    clusters: named.map(({ name, airflow }) => {
      const like = made[airflow - 2];
      const [first, ...others] = like.dags;
      const quiet = {
        ...first,
        dagId: quietDag,
        schedule: { kind: 'none' as const, manualPerDay: 0 },
      };
      return { ...like, name, dags: [...others, quiet] };
    }),
  };
}
