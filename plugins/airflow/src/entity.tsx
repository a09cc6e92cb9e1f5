import type { FilterPredicate } from '@backstage/filter-predicates';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';

/** Entities that say which DAGs are their own, by the annotations of the common package. */
const isAnnotated: FilterPredicate = {
  $any: [
    { 'metadata.annotations.airflow.apache.org/cluster': { $exists: true } },
    { 'metadata.annotations.airflow.apache.org/dag-id': { $exists: true } },
    { 'metadata.annotations.airflow.apache.org/dag-tag': { $exists: true } },
    { 'metadata.annotations.airflow.apache.org/dag-owner': { $exists: true } },
  ],
};

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/airflow',
    title: 'Airflow',
    group: 'operation',
    filter: isAnnotated,
    loader: () =>
      import('./pages/entity').then(m => <m.EntityAirflowContent />),
  },
});

const statusCard = EntityCardBlueprint.make({
  name: 'status',
  params: {
    filter: isAnnotated,
    loader: () => import('./pages/entity').then(m => <m.EntityStatusCard />),
  },
});

const alertsCard = EntityCardBlueprint.make({
  name: 'alerts',
  params: {
    filter: isAnnotated,
    loader: () => import('./pages/entity').then(m => <m.EntityAlertsCard />),
  },
});

const nextRunsCard = EntityCardBlueprint.make({
  name: 'next-runs',
  params: {
    filter: isAnnotated,
    loader: () => import('./pages/entity').then(m => <m.EntityNextRunsCard />),
  },
});

/** What the plugin adds to the pages of catalog entities. */
export const entityExtensions = [
  entityContent,
  statusCard,
  alertsCard,
  nextRunsCard,
];
