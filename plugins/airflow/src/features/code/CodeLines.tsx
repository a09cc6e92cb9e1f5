import { useMemo } from 'react';
import styles from './code.module.css';
import { highlightPython, type Piece } from './highlight';

/** Python in colours, with the numbers of its lines. The browser draws only the lines that are in view. */
export function CodeLines({ code }: { code: string }) {
  const lines = useMemo(() => highlightPython(code), [code]);
  return (
    <pre
      className={styles.code}
      // Scrolled by keyboard, so it takes the focus.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label="Code"
      data-kind="dag-code"
    >
      {lines.map((line, index) => (
        <code key={index} className={styles.line} data-number={index + 1}>
          <Pieces line={line} />
          {'\n'}
        </code>
      ))}
    </pre>
  );
}

function Pieces({ line }: { line: readonly Piece[] }) {
  return (
    <>
      {line.map(({ text, kind }, index) => (
        <span key={index} data-code={kind ?? undefined}>
          {text}
        </span>
      ))}
    </>
  );
}
