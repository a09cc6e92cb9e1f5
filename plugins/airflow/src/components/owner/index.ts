export { OwnerLine } from './OwnerLine';
export { OwnerName } from './OwnerName';
