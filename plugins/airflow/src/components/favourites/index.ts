export { FavouriteStar } from './FavouriteStar';
