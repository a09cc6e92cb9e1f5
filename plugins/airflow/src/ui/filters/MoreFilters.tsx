import { Button } from '@backstage/ui';
import { useId, useState, type ReactNode } from 'react';
import styles from './filters.module.css';

/** Filters beside the text. On a phone they are folded behind a button, which says how many are set. */
export function MoreFilters(props: { set: number; children: ReactNode }) {
  const { set, children } = props;
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <>
      <span className={styles.toggle}>
        <Button
          variant="secondary"
          size="small"
          aria-expanded={isOpen}
          aria-controls={id}
          onPress={() => setIsOpen(!isOpen)}
          data-kind="filter-more"
        >
          {set > 0 ? `Filters (${set})` : 'Filters'}
        </Button>
      </span>
      <div id={id} className={styles.more} data-open={isOpen}>
        {children}
      </div>
    </>
  );
}
