/**
 * The REST APIs of Airflow 2 and 3 over a simulated scheduler.
 *
 * @packageDocumentation
 */
export { createSandbox, startSandbox } from './server';
export type { RunningSandbox, SandboxControl, SandboxOptions } from './server';
export type { Fault, FaultRequest } from './faults';
export type { RequestCount, RequestReport } from './requestLog';
export { demoFleet } from './fleet/demo';
export { generatedFleet } from './fleet/generated';
export { wideFleet } from './fleet/wide';
export type { ClusterDefinition, FleetDefinition } from './fleet/types';
