export { abortable } from './abortable';
export type { ClockReading } from './clock';
export { connectionReason } from './faults';
export { retryAfterMs } from './retry';
export {
  Transport,
  type Answer,
  type AnswerHead,
  type BodyReading,
  type ReadAnswer,
  type StreamedAnswer,
  type TransportRequest,
  type TransportTuning,
} from './transport';
