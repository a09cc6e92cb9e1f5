import { useCallback, useState } from 'react';

/** Ids that are put in and taken out one by one, such as those of what is folded. */
export interface IdSet {
  ids: ReadonlySet<string>;
  /** Puts in what is not there, and takes out what is. */
  toggle: (id: string) => void;
  replace: (ids: readonly string[]) => void;
}

export function useIdSet(first: readonly string[] = []): IdSet {
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set(first));
  const toggle = useCallback((id: string) => {
    setIds(before => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const replace = useCallback(
    (wanted: readonly string[]) => setIds(new Set(wanted)),
    [],
  );
  return { ids, toggle, replace };
}
