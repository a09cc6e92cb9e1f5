export { RunBars } from './RunBars';
export { StateChip } from './StateChip';
export { stateWord } from './states';
export { TaskCountList } from './TaskCountList';
