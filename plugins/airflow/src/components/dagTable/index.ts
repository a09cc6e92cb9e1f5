export { DagTable } from './DagTable';
