export { ClearButton } from './clear';
export { DagMenu } from './dag/DagMenu';
export { GroupMenu } from './group/GroupMenu';
export { PauseSwitch } from './PauseSwitch';
export { RunMenu } from './run/RunMenu';
export { TaskMenu } from './task/TaskMenu';
export { TriggerButton } from './trigger/TriggerButton';
