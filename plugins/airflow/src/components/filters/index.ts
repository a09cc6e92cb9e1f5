export { Choice } from './Choice';
export { ClearFilters } from './ClearFilters';
export { FilterBar } from './FilterBar';
export { knownOf } from './knownOf';
export { TextFilter } from './TextFilter';
