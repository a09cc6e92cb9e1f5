export { FoldGroupsButton } from './FoldGroupsButton';
export { frameLook } from './frameLook';
export { firstFailure, inRunOrder } from './order';
export { TaskControls, TaskLegend, TaskView } from './TaskView';
export { useIdSet } from './useIdSet';
