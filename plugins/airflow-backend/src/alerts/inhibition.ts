import type {
  AlertRuleType,
  ComponentHealth,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { StoredAlert } from './types';

/** What inhibition looks at of an alert. */
export type InhibitableAlert = Pick<
  StoredAlert,
  'id' | 'ruleType' | 'status' | 'subject' | 'since'
>;

/**
 * Which alerts of one cluster are there because of another: by the id of the alert, the id of its widest cause. Only
 * what fires or is acknowledged is a cause; what is pending may turn out to be nothing.
 *
 * @param open - every open alert of the cluster, in any order
 * @param hasImportErrors - whether a DAG's file cannot be imported
 */
export function causes(
  open: readonly InhibitableAlert[],
  hasImportErrors: (dagId: string) => boolean,
): Map<string, string> {
  const present = new Map<string, InhibitableAlert>();
  for (const alert of open) {
    if (alert.status !== 'firing' && alert.status !== 'acknowledged') continue;
    const key = causeKey(alert);
    const other = present.get(key);
    if (!other || isOlder(alert, other)) present.set(key, alert);
  }
  const found = new Map<string, string>();
  for (const alert of open) {
    const cause = possibleCauses(alert, hasImportErrors)
      .map(key => present.get(key))
      .find(candidate => candidate !== undefined);
    if (cause) found.set(alert.id, cause.id);
  }
  return found;
}

/** Several rules may find the same cause; the one that was there first stands for all. */
function isOlder(a: InhibitableAlert, b: InhibitableAlert): boolean {
  const difference = Date.parse(a.since) - Date.parse(b.since);
  return difference === 0 ? a.id < b.id : difference < 0;
}

const UNREACHABLE = 'cluster-unreachable';
const IMPORT_ERROR = 'import-error';
const METADATABASE = ofComponent('metadatabase');
const SCHEDULER = ofComponent('scheduler');
const DAG_PROCESSOR = ofComponent('dag_processor');

function ofComponent(name: ComponentHealth['name']): string {
  return `component-unhealthy ${name}`;
}

function ofDag(ruleType: AlertRuleType, dagId: string): string {
  return `${ruleType} ${dagId}`;
}

/** Under what an alert is found as a cause. */
function causeKey({ ruleType, subject }: InhibitableAlert): string {
  switch (subject.kind) {
    case 'component':
      return ofComponent(subject.component);
    case 'dag':
    case 'run':
      return ofDag(ruleType, subject.dagId);
    default:
      return ruleType;
  }
}

/**
 * What may be the cause of an alert, widest first. Every cause stands higher than what it causes, in the order of the
 * kinds below, so no two alerts inhibit each other.
 */
function possibleCauses(
  { ruleType, subject }: InhibitableAlert,
  hasImportErrors: (dagId: string) => boolean,
): string[] {
  switch (subject.kind) {
    case 'cluster':
      return [];
    case 'component':
      // Every component writes its heartbeat into the database.
      return subject.component === 'metadatabase'
        ? [UNREACHABLE]
        : [UNREACHABLE, METADATABASE];
    case 'dag-file':
      return [UNREACHABLE, METADATABASE, DAG_PROCESSOR];
    default:
      return [
        UNREACHABLE,
        ...causesOfDag(ruleType, subject.dagId, hasImportErrors),
      ];
  }
}

function causesOfDag(
  ruleType: AlertRuleType,
  dagId: string,
  hasImportErrors: (dagId: string) => boolean,
): string[] {
  const own = (...types: AlertRuleType[]) =>
    types.map(type => ofDag(type, dagId));
  switch (ruleType) {
    case 'run-failed':
      return own('failures-in-a-row');
    case 'run-too-long':
      return [METADATABASE, SCHEDULER];
    case 'run-missed':
      return [
        METADATABASE,
        SCHEDULER,
        ...(hasImportErrors(dagId) ? [IMPORT_ERROR] : []),
        ...own('run-too-long'),
      ];
    case 'no-success':
      return [
        METADATABASE,
        SCHEDULER,
        ...own('failures-in-a-row', 'run-failed', 'run-too-long', 'run-missed'),
      ];
    default:
      return [];
  }
}
