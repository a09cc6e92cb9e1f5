import type {
  AIRFLOW_ALERT_RESOURCE,
  AIRFLOW_CLUSTER_RESOURCE,
  AIRFLOW_DAG_RESOURCE,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { z } from 'zod';

/**
 * What an endpoint may be about, with the type of resource that it asks a permission for.
 *
 * @public
 */
export interface EndpointSubjects {
  /** The cluster that the path names. */
  cluster: typeof AIRFLOW_CLUSTER_RESOURCE;
  /** The DAG that the path names. */
  dag: typeof AIRFLOW_DAG_RESOURCE;
  /** All clusters that may be read. */
  clusters: typeof AIRFLOW_CLUSTER_RESOURCE;
  /** All DAGs that may be read. */
  dags: typeof AIRFLOW_DAG_RESOURCE;
  /** The files of all DAGs that may be read, in clusters that may be. */
  files: typeof AIRFLOW_DAG_RESOURCE;
  /** All alerts that may be read. */
  alerts: typeof AIRFLOW_ALERT_RESOURCE;
  /** Alerts that the body names, each judged by itself. */
  'each-alert': typeof AIRFLOW_ALERT_RESOURCE;
}

/**
 * What who asks needs. That the subject may be read is always asked for too, and what may not be read is answered like
 * what there is not.
 *
 * @public
 */
export interface EndpointNeeds<
  TSubject extends keyof EndpointSubjects = keyof EndpointSubjects,
> {
  /** What it is about. */
  of: TSubject;
  /** What who asks has to be permitted for that. */
  permission: ResourcePermission<EndpointSubjects[TSubject]>;
  /** Asked for before anything else. */
  basic?: BasicPermission;
}

/**
 * What an endpoint with this path has to be about, so that nothing about a DAG is answered without asking for that DAG.
 *
 * @public
 */
export type SubjectOfPath<TParams extends z.ZodObject> =
  z.output<TParams> extends { cluster: string; dagId: string }
    ? 'dag'
    : z.output<TParams> extends { cluster: string }
    ? 'cluster'
    : Exclude<keyof EndpointSubjects, 'cluster' | 'dag'>;
