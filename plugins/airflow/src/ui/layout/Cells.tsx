import type { Column } from './Column';

/** The cells of one row. */
export function Cells<Row, S extends string>(props: {
  columns: readonly Column<Row, S>[];
  row: Row;
}) {
  const { columns, row } = props;
  return (
    <>
      {columns.map(({ title, cell, hint, isMain, isShort, isNumber }) => (
        <td
          key={title}
          data-label={title}
          data-main={isMain}
          data-short={isShort}
          data-number={isNumber}
          title={hint?.(row)}
        >
          {cell(row)}
        </td>
      ))}
    </>
  );
}
