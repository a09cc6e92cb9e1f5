import type { ReactNode } from 'react';
import styles from './filters.module.css';

/** The filters above a list: the text first, then the choices. */
export function FilterBar(props: { label: string; children: ReactNode }) {
  return (
    <div className={styles.filters} role="search" aria-label={props.label}>
      {props.children}
    </div>
  );
}
