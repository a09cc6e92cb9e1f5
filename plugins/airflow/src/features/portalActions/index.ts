export { DoneHere } from './DoneHere';
export { airflowWho, portalWho } from './actionWords';
