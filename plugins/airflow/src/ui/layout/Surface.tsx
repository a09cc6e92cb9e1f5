import type { ReactNode } from 'react';
import styles from './layout.module.css';

/** What the plugin draws on pages of others, with the colours of its own pages. */
export function Surface(props: { kind: string; children: ReactNode }) {
  return (
    <div className={styles.surface} data-kind={props.kind}>
      {props.children}
    </div>
  );
}
