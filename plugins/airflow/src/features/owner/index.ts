export { NotInCatalog } from './NotInCatalog';
export { OwnerLine } from './OwnerLine';
export { OwnerName } from './OwnerName';
