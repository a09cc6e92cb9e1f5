export { CollectionScheduler } from './CollectionScheduler';
