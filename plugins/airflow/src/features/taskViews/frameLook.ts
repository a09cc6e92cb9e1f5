import styles from './taskViews.module.css';

/** For the box in which many tasks are drawn. */
export const frameLook = styles.frame;
