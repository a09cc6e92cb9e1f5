export { shortened } from './shortened';
export { masked, maskedBefore, maskedText, type Masked } from './masked';
