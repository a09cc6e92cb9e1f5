export { FoldGroupsButton } from './FoldGroupsButton';
export { frameLook } from './frameLook';
export { TaskControls, TaskLegend, TaskView } from './TaskView';
export { useIdSet } from './useIdSet';
