export { DagImportErrors } from './DagImportErrors';
export { ImportErrorDetails } from './ImportErrorDetails';
