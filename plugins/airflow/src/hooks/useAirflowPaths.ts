import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../routes';
import type { DagName } from './useDag';
import type { RunName, TaskName } from './useRuns';

/** Where the pages of the plugin are, wherever the portal has mounted it. */
export interface AirflowPaths {
  overview: string;
  dags: string;
  alerts: string;
  alertRules: string;
  alertDeliveries: string;
  alert(alertId: string): string;
  clusters: string;
  cluster(cluster: string): string;
  dag(name: DagName): string;
  run(name: RunName): string;
  /** @param line - of the log of that attempt, counted from one */
  task(name: TaskName, tryNumber?: number, line?: number): string;
}

/** Links between the pages; every id is encoded once. */
export function useAirflowPaths(): AirflowPaths {
  const base = useRouteRef(rootRouteRef)().replace(/\/$/, '');
  const cluster = (name: string) =>
    `${base}/clusters/${encodeURIComponent(name)}`;
  const dag = (name: DagName) =>
    `${cluster(name.cluster)}/dags/${encodeURIComponent(name.dagId)}`;
  const run = (name: RunName) =>
    `${dag(name)}/runs/${encodeURIComponent(name.runId)}`;
  return {
    overview: base || '/',
    dags: `${base}/dags`,
    alerts: `${base}/alerts`,
    alertRules: `${base}/alerts/rules`,
    alertDeliveries: `${base}/alerts/deliveries`,
    alert: alertId => `${base}/alerts/${encodeURIComponent(alertId)}`,
    clusters: `${base}/clusters`,
    cluster,
    dag,
    run,
    task: (name, tryNumber, line) => {
      const query = new URLSearchParams();
      if (name.mapIndex >= 0) query.set('map', String(name.mapIndex));
      if (tryNumber !== undefined) query.set('try', String(tryNumber));
      if (line !== undefined) query.set('line', String(line));
      const search = query.size > 0 ? `?${query}` : '';
      return `${run(name)}/tasks/${encodeURIComponent(name.taskId)}${search}`;
    },
  };
}
