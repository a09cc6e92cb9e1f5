export { DagPage } from './DagPage';
export { RunTable } from './RunTable';
