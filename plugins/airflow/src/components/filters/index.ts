export { Choice } from './Choice';
export { FilterBar } from './FilterBar';
export { TextFilter } from './TextFilter';
