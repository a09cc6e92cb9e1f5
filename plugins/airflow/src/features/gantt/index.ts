export { GanttPanel } from './GanttPanel';
