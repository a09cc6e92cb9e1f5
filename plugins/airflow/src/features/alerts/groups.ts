import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';

/** One cause with what it entails, as one entry of a list. */
export interface AlertGroup {
  causeId: string;
  /** Null when the cause is not among the alerts given, as on another page. */
  cause: Alert | null;
  /** What is so because of the cause, in the order given. */
  because: Alert[];
}

/** Folds alerts beneath their causes; a group stands where the first of its alerts does, cause or not. */
export function groupByCause(alerts: readonly Alert[]): AlertGroup[] {
  const byId = new Map(alerts.map(alert => [alert.id, alert]));
  const groups = new Map<string, AlertGroup>();
  const places = new Map<string, number>();
  alerts.forEach((alert, index) => {
    const causeId = rootCause(alert, byId);
    const cause = byId.get(causeId) ?? null;
    const group = groups.get(causeId) ?? { causeId, cause, because: [] };
    groups.set(causeId, group);
    if (alert !== cause) group.because.push(alert);
    if (!places.has(causeId)) places.set(causeId, index);
  });
  const placeOf = ({ causeId }: AlertGroup) => places.get(causeId) ?? 0;
  return [...groups.values()].sort((a, b) => placeOf(a) - placeOf(b));
}

/** The id at the upper end of the causes, as far as they are known here. */
function rootCause(alert: Alert, byId: ReadonlyMap<string, Alert>): string {
  let { id } = alert;
  const seen = new Set([id]);
  for (;;) {
    const above = byId.get(id)?.inhibitedBy;
    if (!above) return id;
    // Causes that go round in a circle are no causes.
    if (seen.has(above)) return alert.id;
    seen.add(above);
    id = above;
  }
}
