import { Text } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './layout.module.css';

/** A part of a page with a heading of its own. */
export function Section(props: {
  title: string;
  kind?: string;
  /** In the order of headings; below the plugin's own page head when left out. */
  level?: 2 | 3;
  children: ReactNode;
}) {
  const { title, kind, level = 3, children } = props;
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id} data-kind={kind}>
      <Text as={`h${level}`} variant="title-x-small" id={id}>
        {title}
      </Text>
      {children}
    </section>
  );
}
