// What packages/app-legacy has of this portal: the people of the demo and the head of the sidebar.
export { Logo } from './modules/nav/Logo';
export { PersonChoice } from './modules/nav/PersonChoice';
export { currentPerson } from './modules/signIn/person';
