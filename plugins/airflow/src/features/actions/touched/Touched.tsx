import type { ClearedTask } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Text } from '@backstage/ui';
import { StateChip } from '../../../ui/state';
import styles from './touched.module.css';
import { countText, touchedGroups } from './touchedGroups';

/** More names than these nobody reads in a dialog. */
const NAMED = 100;

/** What is said about the task instances that an action touches. */
export interface TouchedWords {
  label: string;
  some: (count: string) => string;
  none: string;
  /** Said where some of them run. */
  running: string;
}

/** What will be touched, by the state that it is in now. */
export function Touched(props: {
  items: readonly ClearedTask[];
  words: TouchedWords;
}) {
  const { items, words } = props;
  if (items.length === 0) {
    return <Text data-kind="clear-nothing">{words.none}</Text>;
  }
  const groups = touchedGroups(items, NAMED);
  const stopped = groups.find(({ state }) => state === 'running');
  const left = items.length - NAMED;
  return (
    <>
      <Text>{words.some(countText(items.length))}</Text>
      <div
        className={styles.touched}
        // Scrolled by keyboard, so it takes the focus.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={words.label}
        data-kind="clear-preview"
      >
        {groups.map(({ state, count, names }) => (
          <div key={String(state)} data-kind="clear-group" data-state={state}>
            {state ? <StateChip state={state} /> : 'state not told by Airflow'}{' '}
            · {count}
            <ul>
              {names.map((name, at) => (
                // Where Airflow 2 tells no map index, names repeat.
                <li key={`${name} ${at}`}>{name}</li>
              ))}
            </ul>
          </div>
        ))}
        {left > 0 && <p>and {left} more</p>}
      </div>
      {stopped && <Text color="warning">{words.running}</Text>}
    </>
  );
}
