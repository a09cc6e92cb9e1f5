export { ZoneFinder, type ZonedDag } from './ZoneFinder';
