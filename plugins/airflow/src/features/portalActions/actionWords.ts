import type {
  DagRun,
  PortalAction,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** Who did something: `ada`, as whom the portal is known to Airflow beside it. */
export function portalWho(who: string, account: string | null): string {
  const name = who.slice(who.lastIndexOf('/') + 1).replace(/^[^:]*:/, '');
  return account === null
    ? `${name} (through the portal)`
    : `${name} (through the portal, as ${account})`;
}

/** Who or what started a run, as Airflow tells it; null where it does not, as Airflow 2. */
export function airflowWho({
  triggeringUser,
  triggeredBy,
}: Pick<DagRun, 'triggeringUser' | 'triggeredBy'>): string | null {
  return triggeringUser ?? triggeredBy?.replaceAll('_', ' ') ?? null;
}

/** What was done, in words: `run clear`, `dag trigger`. */
export function actionWords({ event }: Pick<PortalAction, 'event'>): string {
  return event.replace(/^dag-/, 'DAG ').replaceAll('-', ' ');
}
