/**
 * Where the pages of the plugin are, from the portal's root.
 *
 * @public
 */
export interface AirflowPaths {
  /** The first page. */
  overview: string;
  /** The page of all DAGs. */
  dags: string;
  /** The page of alerts. */
  alerts: string;
  /** The page of alert rules. */
  alertRules: string;
  /** The page of deliveries. */
  alertDeliveries: string;
  /** The page of one alert. */
  alert(alertId: string): string;
  /** The page of all clusters. */
  clusters: string;
  /** The page of one cluster. */
  cluster(cluster: string): string;
  /** The page of one DAG. */
  dag(name: { cluster: string; dagId: string }): string;
  /** The page of one run. */
  run(name: { cluster: string; dagId: string; runId: string }): string;
  /**
   * The page of one task instance.
   *
   * @param line - of the log of that attempt, counted from one
   */
  task(
    name: {
      cluster: string;
      dagId: string;
      runId: string;
      taskId: string;
      mapIndex: number;
    },
    tryNumber?: number,
    line?: number,
  ): string;
}

/**
 * The links to every page of the plugin; every id is encoded once.
 *
 * @public
 * @param mountedAt - where the portal has mounted the plugin, such as `/airflow`
 */
export function airflowPaths(mountedAt: string): AirflowPaths {
  const base = mountedAt.replace(/\/$/, '');
  const cluster = (name: string) =>
    `${base}/clusters/${encodeURIComponent(name)}`;
  const dag: AirflowPaths['dag'] = name =>
    `${cluster(name.cluster)}/dags/${encodeURIComponent(name.dagId)}`;
  const run: AirflowPaths['run'] = name =>
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

/**
 * Where the configuration says that the portal has mounted the plugin: `airflow.links.path`, or else `/airflow`.
 * Backend and frontend read it here, so that links of notifications, mails, webhooks and the search lead to the pages.
 *
 * @public
 * @param config - of the backend or the frontend
 * @returns without a trailing slash, unless it is the portal's root
 */
export function readAirflowPath(config: {
  getOptionalString(key: string): string | undefined;
}): string {
  const path = config.getOptionalString('airflow.links.path') ?? '/airflow';
  return path.replace(/\/+$/, '') || '/';
}
