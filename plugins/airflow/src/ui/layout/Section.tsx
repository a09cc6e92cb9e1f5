import { Text } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './layout.module.css';

/** A part of a page with a heading of its own. */
export function Section(props: {
  title: string;
  kind?: string;
  children: ReactNode;
}) {
  const { title, kind, children } = props;
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id} data-kind={kind}>
      <Text as="h2" variant="title-x-small" id={id}>
        {title}
      </Text>
      {children}
    </section>
  );
}
