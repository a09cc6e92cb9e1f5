import {
  AIRFLOW_CLUSTER_SEARCH_TYPE,
  AIRFLOW_DAG_SEARCH_TYPE,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  SearchFilterBlueprint,
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import { RiServerLine, RiWindyLine } from '@remixicon/react';
import { lazy, Suspense } from 'react';

const types: string[] = [AIRFLOW_DAG_SEARCH_TYPE, AIRFLOW_CLUSTER_SEARCH_TYPE];

const item = SearchResultListItemBlueprint.make({
  params: {
    predicate: result => types.includes(result.type),
    icon: <RiWindyLine />,
    component: async () => {
      const { AirflowSearchResult } = await import('./pages/SearchResult');
      return props => <AirflowSearchResult {...props} icon={<RiWindyLine />} />;
    },
  },
});

const dagType = SearchFilterResultTypeBlueprint.make({
  name: 'dags',
  params: {
    value: AIRFLOW_DAG_SEARCH_TYPE,
    name: 'Airflow DAGs',
    icon: <RiWindyLine />,
  },
});

const clusterType = SearchFilterResultTypeBlueprint.make({
  name: 'clusters',
  params: {
    value: AIRFLOW_CLUSTER_SEARCH_TYPE,
    name: 'Airflow clusters',
    icon: <RiServerLine />,
  },
});

const Filters = lazy(async () => {
  const { AirflowSearchFilters } = await import('./pages/SearchResult');
  return { default: AirflowSearchFilters };
});

const filters = SearchFilterBlueprint.make({
  params: {
    component: ({ className }) => (
      <Suspense fallback={null}>
        <Filters className={className} />
      </Suspense>
    ),
  },
});

/** DAGs and clusters in the portal's search: how they look, and what they are narrowed by. */
export const searchExtensions = [item, dagType, clusterType, filters];
