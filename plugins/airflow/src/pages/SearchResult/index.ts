export { AirflowSearchFilters } from './AirflowSearchFilters';
export {
  AirflowSearchResult,
  type AirflowSearchResultProps,
} from './AirflowSearchResult';
