export { ScheduleText } from './ScheduleText';
