import type { ReactNode } from 'react';
import styles from './conf.module.css';

/** Fields that are seldom filled in, folded away. */
export function More(props: {
  title: string;
  kind: string;
  startsOpen?: boolean;
  children: ReactNode;
}) {
  const { title, kind, startsOpen, children } = props;
  return (
    <details className={styles.more} open={startsOpen} data-kind={kind}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
