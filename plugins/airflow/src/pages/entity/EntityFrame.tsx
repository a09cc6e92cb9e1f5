import { airflowAnnotations } from '@airflow-fleet/backstage-plugin-airflow-common';
import { MissingAnnotationEmptyState } from '@backstage/plugin-catalog-react';
import type { ReactNode } from 'react';
import { AirflowQueryProvider } from '../../data/queryClient';
import { Surface } from '../../ui/layout';
import { useEntityDags, type EntityDags } from './useEntityDags';

/** Draws what belongs to the entity in view, or tells which annotation to add. */
export function EntityFrame(props: {
  kind: string;
  children: (dags: EntityDags) => ReactNode;
}) {
  const dags = useEntityDags();
  if (!dags) {
    return <MissingAnnotationEmptyState annotation={[...airflowAnnotations]} />;
  }
  return (
    <AirflowQueryProvider>
      <Surface kind={props.kind}>{props.children(dags)}</Surface>
    </AirflowQueryProvider>
  );
}
