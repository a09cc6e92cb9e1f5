export { Empty } from './Empty';
export { ErrorPanel } from './ErrorPanel';
export { Loaded } from './Loaded';
export { Loading } from './Loading';
export { NextTry } from './NextTry';
export { problemText } from './problemText';
export { isMissing } from './isMissing';
export { MissingPage } from './MissingPage';
export { useNotify, type Shown } from './useNotify';
