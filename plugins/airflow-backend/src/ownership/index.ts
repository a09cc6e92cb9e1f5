export { OwnershipKeeper } from './OwnershipKeeper';
export { scheduleClaims } from './scheduleClaims';
