export { errorOf, airflowWords, refusesToken, type Asked } from './answers';
export { AirflowApi, signingInFor, type ApiRequest, type Query } from './api';
export { parseJson } from './json';
export { membersOf, prettyJson } from './jsonText';
export { readPages, type PageReader, type Received } from './paging';
export { path, UnaddressableId } from './path';
export { readAnswer } from './schema';
