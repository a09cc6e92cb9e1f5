export { Empty } from './Empty';
export { ErrorPanel } from './ErrorPanel';
export { Loaded } from './Loaded';
export { Loading } from './Loading';
export { problemText } from './problemText';
export { isMissing } from './isMissing';
export { MissingPage } from './MissingPage';
