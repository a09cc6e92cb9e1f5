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
      const isCombined = event.ctrlKey || event.metaKey || event.altKey;
      const isTaken =
        event.target instanceof Element && takesKeys(event.target);
      if (event.defaultPrevented || isCombined || isTaken) return;
      // What came last is the nearest to what the reader looks at.
      const meant = known.current.findLast(({ key }) => key === event.key);
      if (meant) {
        // Lest the key is typed into a field that it leads to.
        event.preventDefault();
        meant.act();
      } else if (event.key === '?') setIsHelpOpen(true);
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

function takesKeys(element: Element): boolean {
  return (
    element.closest(
      'input, textarea, select, [contenteditable], [role="dialog"], [role="listbox"], [role="menu"]',
    ) !== null
  );
}
