import type { DagName } from '../../hooks/useDag';

/** How the permission framework names a DAG. */
export function resourceRefOf({ cluster, dagId }: DagName): string {
  return `${cluster}/${dagId}`;
}
