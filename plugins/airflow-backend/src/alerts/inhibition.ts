import type {
  AlertRuleType,
  ComponentHealth,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { isOfFile } from '../insights/presence';
import type { StoredAlert } from '../model/storedAlerts';

/** What inhibition looks at of an alert. */
export type InhibitableAlert = Pick<
  StoredAlert,
  'id' | 'ruleType' | 'status' | 'subject' | 'since' | 'owner'
>;

const IMPORT_ERROR = 'import-error';

/**
 * Which alerts of one cluster are there because of another: by the id of the alert, the id of its widest cause. Only
 * what fires or is acknowledged is a cause; what is pending may turn out to be nothing.
 *
 * @param open - every open alert of the cluster, in any order
 * @param brokenFileOf - where the file of a DAG is that cannot be imported; null of other DAGs
 */
export function causes(
  open: readonly InhibitableAlert[],
  brokenFileOf: (dagId: string) => string | null,
): Map<string, string> {
  const present = new Map<string, InhibitableAlert>();
  for (const alert of open) {
    if (alert.status !== 'firing' && alert.status !== 'acknowledged') continue;
    const key = causeKey(alert);
    const other = present.get(key);
    if (!other || isOlder(alert, other)) present.set(key, alert);
  }
  const fileErrors = [...present.values()].filter(
    ({ ruleType }) => ruleType === 'import-error',
  );
  const found = new Map<string, string>();
  for (const alert of open) {
    const cause = possibleCauses(alert)
      .map(key =>
        key === IMPORT_ERROR
          ? errorOfFile(alert, fileErrors, brokenFileOf)
          : present.get(key),
      )
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

/** Of the DAG's own file; the alert of its own team before those of others with DAGs in it. */
function errorOfFile(
  { subject, owner }: InhibitableAlert,
  fileErrors: readonly InhibitableAlert[],
  brokenFileOf: (dagId: string) => string | null,
): InhibitableAlert | undefined {
  const file = 'dagId' in subject ? brokenFileOf(subject.dagId) : null;
  if (file === null) return undefined;
  const isOwn = (error: InhibitableAlert) => error.owner?.ref === owner?.ref;
  return fileErrors
    .filter(
      error =>
        error.subject.kind === 'dag-file' &&
        isOfFile(error.subject.filename, file),
    )
    .reduce<InhibitableAlert | undefined>((best, error) => {
      if (!best || isOwn(error) !== isOwn(best)) {
        return best && isOwn(best) ? best : error;
      }
      return isOlder(error, best) ? error : best;
    }, undefined);
}

const UNREACHABLE = 'cluster-unreachable';
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
function causeKey({ ruleType, subject, owner }: InhibitableAlert): string {
  switch (subject.kind) {
    case 'dag-file':
      return `${ruleType} ${subject.filename} ${owner?.ref}`;
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
function possibleCauses({ ruleType, subject }: InhibitableAlert): string[] {
  switch (subject.kind) {
    case 'cluster':
      return causesOfCluster(ruleType);
    case 'component':
      // Every component writes its heartbeat into the database.
      return subject.component === 'metadatabase'
        ? [UNREACHABLE]
        : [UNREACHABLE, METADATABASE];
    case 'dag-file':
      return [UNREACHABLE, METADATABASE, DAG_PROCESSOR];
    default:
      return [UNREACHABLE, ...causesOfDag(ruleType, subject.dagId)];
  }
}

function causesOfCluster(ruleType: AlertRuleType): string[] {
  switch (ruleType) {
    case 'readings-failing':
      return [UNREACHABLE, METADATABASE];
    case 'clock-skew':
      return [UNREACHABLE];
    case 'dags-vanished':
      return [UNREACHABLE, METADATABASE, DAG_PROCESSOR];
    default:
      return [];
  }
}

function causesOfDag(ruleType: AlertRuleType, dagId: string): string[] {
  const own = (...types: AlertRuleType[]) =>
    types.map(type => ofDag(type, dagId));
  switch (ruleType) {
    case 'run-failed':
      return own('failures-in-a-row');
    case 'run-too-long':
    case 'run-stuck-queued':
      return [METADATABASE, SCHEDULER];
    case 'run-missed':
      return [
        METADATABASE,
        SCHEDULER,
        IMPORT_ERROR,
        ...own('dag-vanished', 'run-too-long'),
      ];
    case 'no-success':
      return [
        METADATABASE,
        SCHEDULER,
        IMPORT_ERROR,
        ...own(
          'dag-vanished',
          'failures-in-a-row',
          'run-failed',
          'run-too-long',
          'run-missed',
        ),
      ];
    default:
      return [];
  }
}
