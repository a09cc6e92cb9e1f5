export { abortable } from './abortable';
export type { ClockReading } from './clock';
export { connectionReason } from './faults';
export type {
  Answer,
  AnswerHead,
  BodyReading,
  ReadAnswer,
  StreamedAnswer,
  TransportRequest,
} from './messages';
export { retryAfterMs } from './retry';
export { Transport, type TransportTuning } from './transport';
