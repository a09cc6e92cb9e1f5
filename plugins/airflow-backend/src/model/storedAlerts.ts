import type {
  Alert,
  AlertEvent,
  AlertFailure,
  DagPresence,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Masked } from '../masked';

/** What happened to an alert, as its timeline tells it. */
export interface MaskedEvent extends AlertEvent {
  text: Masked;
}

/** The first task that failed, with its error as it may be told. */
export interface MaskedFailure extends AlertFailure {
  exception: Masked | null;
  excerpt: Masked[];
}

/** An alert as people hear of it. */
export interface MaskedAlert extends Alert {
  title: Masked;
  observed: Masked;
  failure: MaskedFailure | null;
}

/** An alert with what only the engine needs. */
export interface StoredAlert extends MaskedAlert {
  fingerprint: string;
  occurrence: string;
  /** What was told last; who was not told that it fires is not told that it is over. */
  notified: 'nothing' | 'fires' | 'flaps';
  /** When it began to fire, within the hour before it last did; oldest first. */
  openings: Instant[];
  /** How its DAG is, where its timeline said so last; null when that is listed. */
  dagPresence: DagPresence | null;
}

/** What somebody is to be told. */
export interface Notice {
  kind: 'fired' | 'resolved';
  alertId: string;
  /** The run that failed for another cause than was told, so that it is told again. */
  anew?: string;
}

/** What one evaluation changes; applying it twice changes nothing more. */
export interface Decision {
  /** New and changed alerts, whole. */
  alerts: StoredAlert[];
  events: (MaskedEvent & { alertId: string })[];
  notices: Notice[];
}
