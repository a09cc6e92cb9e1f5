export { TaskErrorText } from './TaskErrorText';
