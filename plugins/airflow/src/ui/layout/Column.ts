import type { ReactNode } from 'react';

/** The heading of a column, and how a table is sorted by it when it can be. */
export interface ColumnHead<S extends string> {
  title: string;
  sort?: S;
  isNumber?: boolean;
}

/** One column of a table: its heading, and what each row has in it. */
export interface Column<Row, S extends string = never> extends ColumnHead<S> {
  cell: (row: Row) => ReactNode;
  /** Names the row; on a phone it heads the card that a row is there. */
  isMain?: boolean;
  /** Stays in one line. */
  isShort?: boolean;
  /** More of a cell, for who points at it. */
  hint?: (row: Row) => string | undefined;
}
