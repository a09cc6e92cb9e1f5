export { Choice } from './Choice';
export { ClearFilters } from './ClearFilters';
export { FilterBar } from './FilterBar';
export { knownOf } from './knownOf';
export { MoreFilters } from './MoreFilters';
export { TextFilter } from './TextFilter';
