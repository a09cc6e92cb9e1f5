export { DagsPage } from './DagsPage';
export { DagTable } from './DagTable';
