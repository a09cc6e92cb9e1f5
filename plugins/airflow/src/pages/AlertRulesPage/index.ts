export { AlertRulesPage } from './AlertRulesPage';
