import {
  AIRFLOW_CLUSTER_ANNOTATION,
  type Cluster,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ResourceEntity,
} from '@backstage/catalog-model';

/** What the configuration says of all clusters. */
export interface ClusterEntityOptions {
  /** Owner of a cluster that has none. */
  defaultOwner?: string;
  /** Name of the system that the clusters belong to. */
  system?: string;
}

/**
 * A cluster as the catalog keeps it. Health and version change too often to stand there, and its address is for those
 * who may see the cluster, whom the portal's pages lead there.
 */
export function clusterEntity(
  cluster: Cluster,
  { defaultOwner, system }: ClusterEntityOptions,
): ResourceEntity {
  const { name, title, environment, owner } = cluster;
  const location = `airflow-cluster:${name}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      title,
      description: environment
        ? `Airflow cluster of ${environment}`
        : 'Airflow cluster',
      tags: cluster.tags.filter(isCatalogTag),
      annotations: {
        [AIRFLOW_CLUSTER_ANNOTATION]: name,
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
      },
    },
    spec: {
      type: 'airflow-cluster',
      owner: owner ?? defaultOwner ?? 'unknown',
      ...(system !== undefined && { system }),
    },
  };
}

/** The catalog refuses an entity for one tag that it does not like. */
function isCatalogTag(tag: string): boolean {
  return /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/.test(tag) && tag.length <= 63;
}
