import type { Key, TableHTMLAttributes } from 'react';
import { Cells } from './Cells';
import type { Column } from './Column';
import { TableFrame, type Sorting } from './TableFrame';

/** What tests and style sheets know a row by. */
export type RowMarks = Record<`data-${string}`, string | number | boolean>;

/** Rows of one kind, in columns that say what is in them. */
export function Table<Row, S extends string = never>(
  props: {
    label: string;
    columns: readonly Column<Row, S>[];
    rows: readonly Row[];
    keyOf: (row: Row) => Key;
    /** The `data-kind` of each row. */
    kind: string;
    marksOf?: (row: Row) => RowMarks;
    sorting?: Sorting<S>;
  } & Pick<TableHTMLAttributes<HTMLTableElement>, 'aria-busy'>,
) {
  const { rows, keyOf, kind, marksOf, ...frame } = props;
  return (
    <TableFrame {...frame}>
      {rows.map(row => (
        <tr key={keyOf(row)} data-kind={kind} {...marksOf?.(row)}>
          <Cells columns={props.columns} row={row} />
        </tr>
      ))}
    </TableFrame>
  );
}
