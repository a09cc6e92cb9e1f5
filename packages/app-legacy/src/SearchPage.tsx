import {
  AirflowSearchFilters,
  AirflowSearchResultListItem,
} from '@airflow-fleet/backstage-plugin-airflow/legacy';
import { Content, Header, Page } from '@backstage/core-components';
import { CatalogSearchResultListItem } from '@backstage/plugin-catalog';
import { SearchType } from '@backstage/plugin-search';
import {
  SearchBar,
  SearchPagination,
  SearchResult,
} from '@backstage/plugin-search-react';

/** How each kind of result looks, on the page and in the sidebar's dialog. */
export const searchItems = [
  <CatalogSearchResultListItem key="catalog" />,
  <AirflowSearchResultListItem key="airflow" />,
];

export const searchPage = (
  <Page themeId="home">
    <Header title="Search" />
    <Content>
      <SearchBar />
      <SearchType.Tabs
        types={[
          { value: 'software-catalog', name: 'Catalog' },
          { value: 'airflow-dag', name: 'Airflow DAGs' },
          { value: 'airflow-cluster', name: 'Airflow clusters' },
        ]}
      />
      <AirflowSearchFilters />
      <SearchPagination />
      <SearchResult>{searchItems}</SearchResult>
    </Content>
  </Page>
);
