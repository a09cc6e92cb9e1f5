import {
  faultSchema,
  type Fault,
  type FaultRequest,
  type Faults,
} from './faults';
import type { Schedule } from './fleet/types';
import type { RequestLog, RequestReport } from './requestLog';
import type { ClusterSimulation } from './simulation/cluster';
import type { LiveCluster } from './simulation/fleet';
import { isComponent } from './simulation/health';

/**
 * Changes a running sandbox from beside its APIs.
 *
 * @public
 */
export interface SandboxControl {
  addFault(fault: FaultRequest): Fault;
  removeFault(id: string): boolean;
  clearFaults(): void;
  requests(): RequestReport;
  resetRequests(): void;
  /** Upgrades (or downgrades) a cluster under its clients. */
  setVersion(cluster: string, version: string): void;
  setReachable(cluster: string, reachable: boolean): void;
  /** Kills a component as of an instant, or revives it with null. */
  setComponent(
    cluster: string,
    component: string,
    deadSince: number | null,
  ): void;
  /** Breaks a DAG file, named from the DAG folder on, removes it, or puts it back whole. */
  setFile(cluster: string, file: string, state: FileState): void;
  /** Changes the schedule in a DAG's file. */
  setSchedule(cluster: string, dagId: string, schedule: Schedule): void;
  /** Has the scheduler of a cluster that lives pass over a DAG, as one that it finds nowhere among the serialized ones. */
  setPassedOver(cluster: string, dagId: string, passedOver: boolean): void;
  /** Gives somebody another password, with which old tokens are worth nothing. */
  setPassword(cluster: string, user: string, password: string): void;
  /** What is really so, which no API tells. */
  simulation(cluster: string): ClusterSimulation;
  /** Has the lists of DAGs and import errors be empty, as after a restart of the DAG processor, or full again. */
  setEmptied(cluster: string, emptied: boolean): void;
}

/**
 * How a DAG file is.
 *
 * @public
 */
export type FileState = 'broken' | 'removed' | 'whole';

/** The controls of a fleet that lives. */
export function controlOf(
  clusters: Map<string, LiveCluster>,
  faults: Faults,
  log: RequestLog,
  clock: () => number,
): SandboxControl {
  const find = (name: string) => {
    const cluster = clusters.get(name);
    if (!cluster) throw new Error(`The sandbox has no cluster ${name}`);
    cluster.simulation.scheduler?.advanceTo(clock());
    return cluster;
  };
  return {
    addFault: fault => faults.add(faultSchema.parse(fault)),
    removeFault: id => faults.remove(id),
    clearFaults: () => faults.clear(),
    requests: () => log.report(),
    resetRequests: () => log.reset(),
    setVersion(name, version) {
      find(name).simulation.version = version;
    },
    setReachable(name, reachable) {
      find(name).reachable = reachable;
    },
    setComponent(name, component, deadSince) {
      if (!isComponent(component)) {
        throw new Error(`Airflow has no component ${component}`);
      }
      const { overlay } = find(name).simulation;
      overlay.setComponent(component, deadSince, clock());
    },
    setFile(name, file, state) {
      const { overlay, definition } = find(name).simulation;
      if (!definition.dags.some(dag => dag.relativeFile === file)) {
        throw new Error(`No DAG of ${name} is in ${file}`);
      }
      if (state === 'broken')
        overlay.breakFile(file, syntaxError(file), clock());
      else if (state === 'removed') overlay.removeFile(file, clock());
      else overlay.mendFile(file);
    },
    setSchedule(name, dagId, schedule) {
      const { overlay, definition } = find(name).simulation;
      const dag = definition.dags.find(d => d.dagId === dagId);
      if (!dag) throw new Error(`${name} has no DAG ${dagId}`);
      overlay.changedDags.set(dagId, { ...dag, schedule });
      overlay.revision++;
    },
    setPassedOver(name, dagId, passedOver) {
      const { overlay } = find(name).simulation;
      if (passedOver) overlay.passedOver.add(dagId);
      else overlay.passedOver.delete(dagId);
    },
    setPassword(name, user, password) {
      find(name).simulation.overlay.passwords.set(user, password);
    },
    simulation: name => find(name).simulation,
    setEmptied(name, emptied) {
      const { overlay } = find(name).simulation;
      overlay.isEmptied = emptied;
      overlay.revision++;
    },
  };
}

function syntaxError(file: string): string {
  return `Traceback (most recent call last):
  File "/opt/airflow/dags/${file}", line 12
    with DAG(
            ^
SyntaxError: '(' was never closed
`;
}
