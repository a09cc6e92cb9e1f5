export { GridPanel } from './GridPanel';
