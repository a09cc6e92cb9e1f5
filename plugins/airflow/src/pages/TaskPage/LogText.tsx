import Anser from 'anser';
import styles from './LogView.module.css';

/** The text of a row, in the colours that the task printed, with what was searched for marked. */
export function LogText(props: { text: string; marked: string }) {
  const { text, marked } = props;
  const pieces = Anser.ansiToJson(text, {
    remove_empty: true,
    use_classes: true,
  });
  return (
    <>
      {pieces.map((piece, i) => (
        <span
          key={i}
          // The colour is that of the theme, so that it can be read on either ground.
          data-ansi={piece.fg?.replace('-bright', '')}
          style={{
            fontWeight: piece.decoration === 'bold' ? 'bold' : undefined,
          }}
        >
          <Marked text={piece.content} marked={marked} />
        </span>
      ))}
    </>
  );
}

function Marked({ text, marked }: { text: string; marked: string }) {
  const wanted = marked.trim().toLowerCase();
  if (wanted === '') return <>{text}</>;
  const parts: { text: string; isMarked: boolean }[] = [];
  const lower = text.toLowerCase();
  let at = 0;
  for (let hit = lower.indexOf(wanted); hit !== -1; ) {
    parts.push({ text: text.slice(at, hit), isMarked: false });
    at = hit + wanted.length;
    parts.push({ text: text.slice(hit, at), isMarked: true });
    hit = lower.indexOf(wanted, at);
  }
  parts.push({ text: text.slice(at), isMarked: false });
  return (
    <>
      {parts.map((part, i) =>
        part.isMarked ? (
          <mark key={i} className={styles.mark}>
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
    </>
  );
}
