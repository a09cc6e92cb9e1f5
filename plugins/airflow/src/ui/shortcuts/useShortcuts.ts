import { createContext, useContext, useEffect, useRef } from 'react';

/** A key that does something while no dialog is open, and while no field has the focus unless it is one with `Ctrl`. */
export interface Shortcut {
  /** As `k`, or `Ctrl+K`, which is the command key of a Mac too. */
  key: string;
  /** What it does, as the list of shortcuts says it. */
  words: string;
  act: () => void;
}

/** Adds shortcuts; what it gives takes them away again. */
export const Shortcuts = createContext<
  (shortcuts: readonly Shortcut[]) => () => void
>(() => () => undefined);

/** Has keys do something for as long as what calls this is shown. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const add = useContext(Shortcuts);
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const told = JSON.stringify(shortcuts.map(({ key, words }) => [key, words]));
  useEffect(
    () =>
      add(
        latest.current.map(({ key, words }, i) => ({
          key,
          words,
          act: () => latest.current[i]?.act(),
        })),
      ),
    [add, told],
  );
}
