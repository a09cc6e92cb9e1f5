export { grants, narrow, type Grant } from './grants';
export { GrantReader } from './GrantReader';
export { registerResources } from './registerResources';
export { ResourceReader } from './ResourceReader';
