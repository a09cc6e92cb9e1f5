export { ActionMenu, type Action } from './ActionMenu';
export { DeedDialog, Says } from './DeedDialog';
