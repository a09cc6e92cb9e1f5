export { AlertActions } from './AlertActions';
export { AlertNav } from './AlertNav';
export { DeliveryChip, type DeliveryStatus } from './DeliveryChip';
export { groupByCause, type AlertGroup } from './groups';
export { ruleWords } from './looks';
export { ownerSourceWords, refName } from './people';
export { SeverityChip } from './SeverityChip';
export { StatusChip } from './StatusChip';
export { Where } from './Where';
