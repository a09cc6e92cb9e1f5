import {
  componentNames,
  type ComponentHealth,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { isOfFile } from '../insights/presence';
import type { StoredAlert } from '../model/storedAlerts';
import { ruleTypes, type Cause } from '../rules';

/** What inhibition looks at of an alert. */
export type InhibitableAlert = Pick<
  StoredAlert,
  'id' | 'ruleType' | 'status' | 'subject' | 'since' | 'owner'
>;

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
  const found = new Map<string, string>();
  for (const alert of open) {
    const cause = ruleTypes[alert.ruleType].causes
      .map(possible => presentCause(possible, alert, present, brokenFileOf))
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

/** The alert because of which another is so, if there is one. */
function presentCause(
  cause: Cause,
  alert: InhibitableAlert,
  present: ReadonlyMap<string, InhibitableAlert>,
  brokenFileOf: (dagId: string) => string | null,
): InhibitableAlert | undefined {
  const { subject } = alert;
  switch (isComponent(cause) ? 'component' : ruleTypes[cause].about) {
    case 'dag-file':
      return errorOfFile(cause, alert, present, brokenFileOf);
    case 'dag':
    case 'run':
      return 'dagId' in subject
        ? present.get(`${cause} ${subject.dagId}`)
        : undefined;
    default:
      // A component is not the cause of its own alert.
      return cause === causeKey(alert) ? undefined : present.get(cause);
  }
}

/** Of the DAG's own file; the alert of its own team before those of others with DAGs in it. */
function errorOfFile(
  cause: Cause,
  { subject, owner }: InhibitableAlert,
  present: ReadonlyMap<string, InhibitableAlert>,
  brokenFileOf: (dagId: string) => string | null,
): InhibitableAlert | undefined {
  const file = 'dagId' in subject ? brokenFileOf(subject.dagId) : null;
  if (file === null) return undefined;
  const isOwn = (error: InhibitableAlert) => error.owner?.ref === owner?.ref;
  return [...present.values()]
    .filter(
      error =>
        error.ruleType === cause &&
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

/** Under what an alert is found as a cause. */
function causeKey({ ruleType, subject, owner }: InhibitableAlert): string {
  switch (subject.kind) {
    case 'dag-file':
      return `${ruleType} ${subject.filename} ${owner?.ref}`;
    case 'component':
      return subject.component;
    case 'dag':
    case 'run':
      return `${ruleType} ${subject.dagId}`;
    default:
      return ruleType;
  }
}

const components: readonly string[] = componentNames;

function isComponent(cause: Cause): cause is ComponentHealth['name'] {
  return components.includes(cause);
}
