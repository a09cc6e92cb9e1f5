export { paramType } from './conf';
export { ConfFields } from './ConfFields';
export { More } from './More';
export { useConfValues, type ConfValues } from './useConfValues';
