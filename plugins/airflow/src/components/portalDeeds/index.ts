export { DoneHere } from './DoneHere';
export { airflowWho, deedWords, portalWho } from './deedWords';
