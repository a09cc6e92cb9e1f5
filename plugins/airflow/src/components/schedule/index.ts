export { ScheduleText } from './ScheduleText';
export { scheduleWords } from './scheduleWords';
