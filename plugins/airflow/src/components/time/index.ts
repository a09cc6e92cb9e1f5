export { ageOf } from './age';
export { Moment } from './Moment';
export { zoneWords } from './zoneWords';
export { durationText } from './duration';
export { Elapsed } from './Elapsed';
