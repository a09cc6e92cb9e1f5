export { Empty } from './Empty';
export { ErrorPanel } from './ErrorPanel';
export { Loading } from './Loading';
export { isMissing, MissingPage } from './MissingPage';
