import { DagDefinition } from '../fleet/types';
import { ClusterSimulation } from '../simulation/cluster';
import { hashText } from '../simulation/random';

/** Airflow signs the file's path; here it is only encoded. */
export function fileToken(cluster: ClusterSimulation, dag: DagDefinition) {
  const path = JSON.stringify(fileloc(cluster, dag));
  const head = Buffer.from(path).toString('base64url');
  return `${head}.${hashText(path).toString(36)}`;
}

export function fileloc(cluster: ClusterSimulation, dag: DagDefinition) {
  return `${cluster.definition.dagsFolder}/${dag.relativeFile}`;
}

/** As both versions put a schedule into words, one that waits for assets in those of 2.x. */
export function timetableDescription(dag: DagDefinition): string {
  switch (dag.schedule.kind) {
    case 'cron':
      return dag.schedule.description;
    case 'continuous':
      return 'As frequently as possible, but only one run at a time.';
    case 'assets':
      return 'Triggered by datasets';
    case 'none':
      return 'Never, external triggers only';
    default:
      return '';
  }
}

const PARSE_EVERY = 30_000;

/** When its file was last parsed. */
export function parsedAt(cluster: ClusterSimulation, dag: DagDefinition) {
  if (dag.parsedAt !== undefined) return dag.parsedAt;
  if (dag.stale) return dag.pausedSince ?? dag.startDate;
  const now = cluster.now();
  return now - ((now + hashText(dag.dagId)) % PARSE_EVERY);
}
