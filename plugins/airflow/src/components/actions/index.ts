export { ClearButton } from './clear';
export { PauseSwitch } from './PauseSwitch';
export { TriggerButton } from './TriggerButton';
