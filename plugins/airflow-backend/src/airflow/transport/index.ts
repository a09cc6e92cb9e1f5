export { abortable } from './abortable';
export type { ClockReading } from './clock';
export { connectionReason } from './faults';
export { retryAfterMs } from './retry';
export {
  Transport,
  type Answer,
  type StreamedAnswer,
  type TransportRequest,
  type TransportTuning,
} from './transport';
