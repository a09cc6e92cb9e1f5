export { ageOf } from './age';
export { Moment } from './Moment';
