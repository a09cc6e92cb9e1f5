export { DagPage } from './DagPage';
