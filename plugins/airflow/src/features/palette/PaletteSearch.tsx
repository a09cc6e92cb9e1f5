import { useId, useState, type KeyboardEvent } from 'react';
import styles from './palette.module.css';
import { useDestinations, type Destination } from './useDestinations';

/** Finds what somebody wants to go to, and goes there by `Enter` or a click. */
export function PaletteSearch(props: { onGo: (to: string) => void }) {
  const { onGo } = props;
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const { destinations, isSearching, error } = useDestinations(text);
  const id = useId();
  const at = Math.min(chosen, destinations.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const count = destinations.length;
      setChosen(count === 0 ? 0 : (at + step + count) % count);
    } else if (event.key === 'Enter' && destinations[at]) {
      onGo(destinations[at].to);
    }
  };
  return (
    <div className={styles.palette}>
      <input
        // The dialog is opened to type.
        autoFocus // eslint-disable-line jsx-a11y/no-autofocus
        type="text"
        role="combobox"
        aria-label="Go to"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        aria-autocomplete="list"
        placeholder="DAG, cluster, alert or page"
        value={text}
        onChange={event => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        data-kind="palette-text"
      />
      <ul id={id} role="listbox" aria-label="Destinations">
        {destinations.map((destination, i) => (
          <Option
            key={`${destination.kind} ${destination.to}`}
            id={`${id}-${i}`}
            destination={destination}
            isChosen={i === at}
            onGo={onGo}
          />
        ))}
      </ul>
      <p role="status" className={styles.status}>
        {statusOf(destinations.length, isSearching, error)}
      </p>
    </div>
  );
}

function Option(props: {
  id: string;
  destination: Destination;
  isChosen: boolean;
  onGo: (to: string) => void;
}) {
  const { id, destination, isChosen, onGo } = props;
  const { kind, text, where, to } = destination;
  return (
    // The field has the focus and its keys, as the pattern of a combobox has it.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <li
      id={id}
      role="option"
      aria-selected={isChosen}
      ref={element => {
        if (isChosen) element?.scrollIntoView?.({ block: 'nearest' });
      }}
      onClick={() => onGo(to)}
      data-kind="palette-option"
    >
      <span>{text}</span>
      <small>
        {kind}
        {where && ` on ${where}`}
      </small>
    </li>
  );
}

function statusOf(
  found: number,
  isSearching: boolean,
  error: Error | null,
): string {
  if (error) return `Not everything could be searched: ${error.message}`;
  if (isSearching) return 'Searching …';
  return found === 0 ? 'Nothing of that name.' : '';
}
