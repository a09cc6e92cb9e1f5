export { MomentField } from './MomentField';
export { ParamFields } from './ParamFields';
export { useParamValues, type ParamValues } from './useParamValues';
