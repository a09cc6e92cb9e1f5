import {
  readAirflowAnnotations,
  selectorQuery,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';

/** Which DAGs the annotations of the entity in view mean, as a query; null where there is no annotation. */
export function useEntityDags() {
  const { entity } = useEntity();
  return useMemo(() => {
    const selector = readAirflowAnnotations(entity);
    return selector && selectorQuery(selector);
  }, [entity]);
}

/** What {@link useEntityDags} gives where there is an annotation. */
export type EntityDags = NonNullable<ReturnType<typeof useEntityDags>>;
