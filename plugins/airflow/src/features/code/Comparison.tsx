import { Fragment, useMemo } from 'react';
import { Empty } from '../../ui/feedback';
import styles from './code.module.css';
import { aroundChanges, compareLines } from './compare';

const signs = { added: '+', removed: '−', same: ' ' };

/** What changed from one version to another. */
export function Comparison(props: { before: string; after: string }) {
  const { before, after } = props;
  const shown = useMemo(
    () => aroundChanges(compareLines(before, after)),
    [before, after],
  );
  if (before === after) return <Empty>The code of both is the same.</Empty>;
  return (
    <pre
      className={styles.code}
      // Scrolled by keyboard, so it takes the focus.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label="What changed"
      data-kind="code-comparison"
    >
      {shown.map((line, index) => (
        <Fragment key={index}>
          {'skipped' in line ? (
            <span className={styles.skipped}>
              {`… ${line.skipped} lines are the same\n`}
            </span>
          ) : (
            <code
              className={styles.line}
              data-number={line.after ?? line.before ?? undefined}
              data-change={line.change}
            >
              {`${signs[line.change]} ${line.text}\n`}
            </code>
          )}
        </Fragment>
      ))}
    </pre>
  );
}
