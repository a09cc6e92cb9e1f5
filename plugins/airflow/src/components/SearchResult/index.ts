export {
  AirflowSearchResult,
  type AirflowSearchResultProps,
} from './AirflowSearchResult';
