export { ScopeBar } from './ScopeBar';
