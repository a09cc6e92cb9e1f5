/**
 * What is wrong, from stored facts to who is told of it. `AlertEngine` decides after each reading of a cluster and once
 * a minute; `AlertRecorder` is the one place where alerts are written.
 */
export type { AlertRecorder } from './AlertRecorder';
export {
  createAlerting,
  scheduleEvaluations,
  type Alerting,
} from './createAlerting';
export { acknowledge, resolveByHand, type PersonOutcome } from './people';
export { scheduleLeaving } from './removedClusters';
