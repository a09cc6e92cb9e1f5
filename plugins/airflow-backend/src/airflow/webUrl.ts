/** A place in Airflow's own pages, from wide to narrow. */
export interface WebPlace {
  dagId?: string;
  runId?: string;
  taskId?: string;
  mapIndex?: number;
}

/** Where a person finds something in Airflow's own pages; the front page as long as the version is not known. */
export function webUrlOf(
  base: string,
  apiVersion: 'v1' | 'v2' | undefined,
  place: WebPlace,
): string {
  if (place.dagId === undefined || apiVersion === undefined) return `${base}/`;
  return apiVersion === 'v1' ? gridUrl(base, place) : pageUrl(base, place);
}

/** Airflow 2 shows runs and tasks beside the grid of their DAG. */
function gridUrl(base: string, place: WebPlace): string {
  const { dagId = '', runId, taskId, mapIndex } = place;
  const query = new URLSearchParams();
  if (runId !== undefined) query.set('dag_run_id', runId);
  if (taskId !== undefined) query.set('task_id', taskId);
  if (mapIndex !== undefined && mapIndex >= 0) {
    query.set('map_index', String(mapIndex));
  }
  const search = query.size > 0 ? `?${query}` : '';
  return `${base}/dags/${encodeURIComponent(dagId)}/grid${search}`;
}

function pageUrl(base: string, place: WebPlace): string {
  const { dagId = '', runId, taskId, mapIndex } = place;
  const parts = ['dags', dagId];
  if (runId !== undefined) parts.push('runs', runId);
  if (taskId !== undefined) parts.push('tasks', taskId);
  if (mapIndex !== undefined && mapIndex >= 0) {
    parts.push('mapped', String(mapIndex));
  }
  return `${base}/${parts.map(encodeURIComponent).join('/')}`;
}
