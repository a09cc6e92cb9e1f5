import type { OwnerSource } from '@airflow-fleet/backstage-plugin-airflow-common';

/** The name in an entity ref: `payments` of `group:default/payments`. */
export function refName(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1).replace(/^[^:]*:/, '');
}

/** What decided who owns something, in words. */
export const ownerSourceWords: Record<OwnerSource, (by: string) => string> = {
  portal: by => `set in the portal by ${refName(by)}`,
  entity: by => `claimed by ${refName(by)} in the catalog`,
  tag: by => `tag ${by}`,
  'airflow-owner': by => `Airflow owner ${by}`,
  cluster: by => `owner of cluster ${by}`,
};
