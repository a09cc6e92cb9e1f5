import { Text } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './layout.module.css';

/** A part of a page with a heading of its own. */
export function Section(props: {
  title: string;
  kind?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      className={styles.section}
      aria-labelledby={id}
      data-kind={props.kind}
    >
      <Text as="h3" variant="title-x-small" id={id}>
        {props.title}
      </Text>
      {props.children}
    </section>
  );
}
