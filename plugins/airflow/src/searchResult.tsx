import { AIRFLOW_SEARCH_TYPE } from '@airflow-fleet/backstage-plugin-airflow-common';
import { SearchResultListItemBlueprint } from '@backstage/plugin-search-react/alpha';
import { RiWindyLine } from '@remixicon/react';

/** DAGs and clusters among the results of the portal's search. */
export const airflowSearchResult = SearchResultListItemBlueprint.make({
  params: {
    predicate: result => result.type === AIRFLOW_SEARCH_TYPE,
    icon: <RiWindyLine />,
    component: async () => {
      const { AirflowSearchResult } = await import('./components/SearchResult');
      return props => <AirflowSearchResult {...props} icon={<RiWindyLine />} />;
    },
  },
});
