export { Choice } from './Choice';
export { ClearFilters } from './ClearFilters';
export { FilterBar } from './FilterBar';
export { knownOf } from './knownOf';
export { PlaceChoices } from './PlaceChoices';
export { TextFilter } from './TextFilter';
