export { errorOf, refusesToken, type Asked } from './answers';
export { AirflowApi } from './AirflowApi';
export { parseJson, readJson } from './json';
export { wantedOf, withWanted } from './wanted';
export {
  EndlessList,
  MOST_PAGES,
  PAGE_SIZE,
  readPages,
  type PageReader,
  type Received,
} from './paging';
export { lastPart, path, UnaddressableId } from './path';
export type { ApiRequest, Query } from './request';
export { readAnswer } from './schema';
export { SignedRequests } from './SignedRequests';
export { inWords } from './words';
