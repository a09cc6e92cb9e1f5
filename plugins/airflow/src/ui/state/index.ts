export { PresenceMark, presenceWord } from './PresenceMark';
export { RunBars } from './RunBars';
export { StateChip } from './StateChip';
export { stateGlyphs, stateWord } from './states';
export { stateLook } from './stateLook';
export { TaskCountList } from './TaskCountList';
