export { becomePerson, currentPerson, people } from './person';
export { signInModule } from './signInModule';
