export { grants, narrow, type Grant } from './criteria';
export { GrantReader } from './GrantReader';
export { registerResources } from './registerResources';
export { ResourceReader } from './ResourceReader';
