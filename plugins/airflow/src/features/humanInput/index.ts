export { HumanInputPanel } from './HumanInputPanel';
export { WaitingForPeople } from './WaitingForPeople';
