import { useCallback, useMemo, useState, type KeyboardEvent } from 'react';

/** A place in the grid: row and column 0 are the headings. */
export interface Place {
  row: number;
  column: number;
}

const PAGE_ROWS = 10;

function moved({ row, column }: Place, key: string, last: Place): Place | null {
  switch (key) {
    case 'ArrowUp':
      return { row: row - 1, column };
    case 'ArrowDown':
      return { row: row + 1, column };
    case 'ArrowLeft':
      return { row, column: column - 1 };
    case 'ArrowRight':
      return { row, column: column + 1 };
    case 'PageUp':
      return { row: row - PAGE_ROWS, column };
    case 'PageDown':
      return { row: row + PAGE_ROWS, column };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: last.column };
    default:
      return null;
  }
}

const within = (value: number, max: number) =>
  Math.min(Math.max(value, 0), max);

/** Moves through a grid by the arrow keys; one cell of it is in the order of the tab key. */
export function useGridFocus(last: Place, onMove: (to: Place) => void) {
  const [chosen, setChosen] = useState<Place>({ row: 1, column: last.column });
  const place = useMemo(
    () => ({
      row: within(chosen.row, last.row),
      column: within(chosen.column, last.column),
    }),
    [chosen, last],
  );
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const to = moved(place, event.key, last);
      if (!to || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const next = {
        row: within(to.row, last.row),
        column: within(to.column, last.column),
      };
      setChosen(next);
      onMove(next);
    },
    [place, last, onMove],
  );
  return { place, onKeyDown };
}
