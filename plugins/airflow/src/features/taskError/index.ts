export { HowFarRead } from './HowFarRead';
export { TaskErrorText } from './TaskErrorText';
