import type {
  Alert,
  AlertEvent,
  AlertFailure,
  DagPresence,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Told } from '../told';

/** What happened to an alert, as its timeline tells it. */
export interface ToldEvent extends AlertEvent {
  text: Told;
}

/** The first task that failed, with its error as it may be told. */
export interface ToldFailure extends AlertFailure {
  exception: Told | null;
  excerpt: Told[];
}

/** An alert as people hear of it. */
export interface ToldAlert extends Alert {
  title: Told;
  observed: Told;
  failure: ToldFailure | null;
}

/** An alert with what only the engine needs. */
export interface StoredAlert extends ToldAlert {
  fingerprint: string;
  occurrence: string;
  /** What was told last; who was not told that it fires is not told that it is over. */
  told: 'nothing' | 'fires' | 'flaps';
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
  events: (ToldEvent & { alertId: string })[];
  notices: Notice[];
}
