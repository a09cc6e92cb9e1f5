export { DagRunPanel, type RunPanelProps } from './DagRunPanel';
