export { ageOf } from './age';
export { Moment } from './Moment';
export { durationText } from './duration';
export { Elapsed } from './Elapsed';
