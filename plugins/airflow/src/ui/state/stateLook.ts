import styles from './state.module.css';

/** For what is drawn in the colour of its `data-state`, which is then `var(--state)`. */
export const stateLook = styles.look;
