import { AirflowSearchResultListItem } from '@airflow-fleet/backstage-plugin-airflow/legacy';
import { Content, Header, Page } from '@backstage/core-components';
import { CatalogSearchResultListItem } from '@backstage/plugin-catalog';
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
      <SearchPagination />
      <SearchResult>{searchItems}</SearchResult>
    </Content>
  </Page>
);
