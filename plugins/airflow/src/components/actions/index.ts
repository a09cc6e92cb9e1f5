export { PauseSwitch } from './PauseSwitch';
export { TriggerButton } from './TriggerButton';
