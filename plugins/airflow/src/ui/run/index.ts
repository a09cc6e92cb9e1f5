export { RunLink } from './RunLink';
export { runName } from './runName';
