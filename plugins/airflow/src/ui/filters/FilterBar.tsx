import { Button } from '@backstage/ui';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useShortcuts } from '../shortcuts';
import styles from './filters.module.css';

/**
 * The filters above a list: the text, the choices that are made most, and the others folded behind a button. On a phone
 * all choices are folded, so that the rows come first.
 */
export function FilterBar(props: {
  label: string;
  text: ReactNode;
  choices?: ReactNode;
  /** Choices that are made less often; shown at once where one is made. */
  rare?: { isMade: boolean; choices: ReactNode };
  /** So many choices are made, of all. */
  made?: number;
}) {
  const { label, text, choices, rare, made = 0 } = props;
  const [isOpen, setIsOpen] = useState(rare?.isMade ?? false);
  const id = useId();
  const typing = useRef<HTMLDivElement>(null);
  useShortcuts([
    {
      key: '/',
      words: label,
      act: () => typing.current?.querySelector('input')?.focus(),
    },
  ]);
  return (
    <div
      className={styles.filters}
      role="search"
      aria-label={label}
      data-open={isOpen}
    >
      <div ref={typing} className={styles.text}>
        {text}
      </div>
      {choices && (
        <>
          <span className={styles.toggle} data-phone={!rare}>
            <Button
              variant="tertiary"
              size="small"
              aria-expanded={isOpen}
              aria-controls={`${id}-choices ${id}-rare`}
              onPress={() => setIsOpen(!isOpen)}
              data-kind="filter-more"
            >
              {made > 0 ? `Filters (${made})` : 'Filters'}
            </Button>
          </span>
          <div id={`${id}-choices`} className={styles.choices}>
            {choices}
          </div>
          <div id={`${id}-rare`} className={styles.rare}>
            {rare?.choices}
          </div>
        </>
      )}
    </div>
  );
}
