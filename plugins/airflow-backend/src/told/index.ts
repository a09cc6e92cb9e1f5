export { shortened } from './shortened';
export { told, toldBefore, toldText, type Told } from './told';
