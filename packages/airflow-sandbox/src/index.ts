/**
 * The REST APIs of Airflow 2 and 3 over a simulated scheduler.
 *
 * @packageDocumentation
 */
export { createSandbox, startSandbox } from './server';
export type { RunningSandbox, SandboxOptions } from './server';
export type { FileState, SandboxControl } from './control';
export type { Fault, FaultRequest } from './faults';
export type { RequestCount, RequestReport } from './requestLog';
export type { ClusterSimulation } from './simulation/cluster';
export type { RunFacts } from './simulation/run';
export { Actions } from './simulation/actions';
export { DagScheduler } from './simulation/dagScheduler';
export type { Beats, NextRun, ScheduledDag } from './simulation/dagScheduler';
export { demoFleet } from './fleet/demo';
export { generatedFleet } from './fleet/generated';
export { wideFleet } from './fleet/wide';
export type {
  ClusterDefinition,
  FleetDefinition,
  Schedule,
} from './fleet/types';
