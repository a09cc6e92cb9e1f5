import type { Figure } from './figures';

/** The numbers of a row, in the order of their columns. */
export function FigureCells<Row>(props: {
  figures: readonly Figure<Row>[];
  row: Row;
}) {
  return (
    <>
      {props.figures.map(({ title, text }) => (
        <td key={title} data-label={title} data-number>
          {text(props.row)}
        </td>
      ))}
    </>
  );
}
