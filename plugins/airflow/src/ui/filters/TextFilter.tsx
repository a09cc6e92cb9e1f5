import { SearchField } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';

const PATIENCE_MS = 250;

/** Waits until the typing pauses, so that not every letter is a question. */
export function TextFilter(props: {
  /** `Text` when left out. */
  label?: string;
  text: string;
  /** What is searched. */
  placeholder: string;
  onChange: (text: string) => void;
}) {
  const { label = 'Text', text, placeholder, onChange } = props;
  const [typed, setTyped] = useState(text);
  const given = useRef(text);
  useEffect(() => {
    // What comes back of what was typed here is older than what was typed since.
    if (text === given.current) return;
    given.current = text;
    setTyped(text);
  }, [text]);
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => {
      given.current = typed;
      onChange(typed);
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [typed, text, onChange]);
  return (
    <SearchField
      aria-label={label}
      size="small"
      placeholder={placeholder}
      value={typed}
      onChange={setTyped}
      data-kind={`filter-${label.toLowerCase()}`}
    />
  );
}
