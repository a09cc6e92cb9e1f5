export { ActionButton } from './ActionButton';
export { ActionDialog, Says } from './ActionDialog';
export { ActionForm } from './ActionForm';
export { ActionFrame } from './ActionFrame';
export { ActionMenu, type Action } from './ActionMenu';
