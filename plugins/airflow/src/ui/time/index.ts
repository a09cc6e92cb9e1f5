export { ageOf } from './age';
export { Moment } from './Moment';
export { zoneName, zoneWords } from './zoneWords';
export { durationText } from './duration';
export { Elapsed } from './Elapsed';
