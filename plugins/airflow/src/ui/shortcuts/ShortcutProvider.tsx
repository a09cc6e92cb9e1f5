import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { Shortcuts, type Shortcut } from './useShortcuts';
import { ShortcutHelp } from './ShortcutHelp';
import { stepRow } from './stepRow';

/** Of every page. */
const everywhere: readonly Shortcut[] = [
  { key: 'j', words: 'Next row', act: () => stepRow(1) },
  { key: 'k', words: 'Previous row', act: () => stepRow(-1) },
];

/** Has keys do what the pages within say, and `?` tell which those are. */
export function ShortcutProvider(props: { children: ReactNode }) {
  const [added, setAdded] = useState<readonly Shortcut[]>([]);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const known = useRef<readonly Shortcut[]>(everywhere);
  known.current = [...everywhere, ...added];
  const add = useCallback((shortcuts: readonly Shortcut[]) => {
    setAdded(before => [...before, ...shortcuts]);
    return () =>
      setAdded(before => before.filter(each => !shortcuts.includes(each)));
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTaken(event)) return;
      // What came last is the nearest to what the reader looks at.
      const pressed = keyOf(event);
      const meant = known.current.findLast(({ key }) => key === pressed);
      if (meant) {
        // Lest the key is typed into a field that it leads to.
        event.preventDefault();
        meant.act();
      } else if (pressed === '?') setIsHelpOpen(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Shortcuts.Provider value={add}>
      {props.children}
      <ShortcutHelp
        shortcuts={known.current}
        isOpen={isHelpOpen}
        onOpenChange={setIsHelpOpen}
      />
    </Shortcuts.Provider>
  );
}

/** As shortcuts name it: `k`, `Ctrl+K`. */
function keyOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  if (altKey) return '';
  return ctrlKey || metaKey ? `Ctrl+${key.toUpperCase()}` : key;
}

/** Dialogs and menus take every key, fields those that write. */
function isTaken({ target, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  const writes = !ctrlKey && !metaKey;
  const fields = 'input, textarea, select, [contenteditable]';
  return (
    target.closest('[role="dialog"], [role="listbox"], [role="menu"]') !==
      null ||
    (writes && target.closest(fields) !== null)
  );
}
