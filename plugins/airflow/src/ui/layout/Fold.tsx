import { useState, type ReactNode } from 'react';

/** What is drawn, and asked for, only once somebody unfolds it. */
export function Fold(props: { title: string; children: () => ReactNode }) {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details
      onToggle={event => {
        if (event.currentTarget.open) setWasOpened(true);
      }}
    >
      <summary>{props.title}</summary>
      {wasOpened && props.children()}
    </details>
  );
}
