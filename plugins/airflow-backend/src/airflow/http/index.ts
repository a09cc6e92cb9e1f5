export { errorOf, airflowWords, refusesToken, type Asked } from './answers';
export { AirflowApi, signingInFor, type ApiRequest, type Query } from './api';
export { parseJson, readJson } from './json';
export {
  EndlessList,
  MOST_PAGES,
  PAGE_SIZE,
  readPages,
  type PageReader,
  type Received,
} from './paging';
export { lastPart, path, UnaddressableId } from './path';
export { readAnswer } from './schema';
export { inWords } from './words';
