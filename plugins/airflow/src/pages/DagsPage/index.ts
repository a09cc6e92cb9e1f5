export { DagsPage } from './DagsPage';
