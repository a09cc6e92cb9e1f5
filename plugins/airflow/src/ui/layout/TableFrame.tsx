import type { ReactNode, TableHTMLAttributes } from 'react';
import type { ColumnHead } from './Column';
import styles from './table.module.css';

/** How a table is sorted: a column, with a leading `-` the other way round. */
export interface Sorting<S extends string> {
  by: S | `-${S}`;
  onChange: (by: S | `-${S}`) => void;
}

/**
 * A plain table around rows, which becomes a stack of cards on a phone. The table of Backstage UI is a grid to assistive
 * technology, in which links and switches of a row are hard to reach.
 */
export function TableFrame<S extends string = never>(
  props: {
    columns: readonly ColumnHead<S>[];
    sorting?: Sorting<S>;
    label: string;
    children: ReactNode;
  } & Pick<TableHTMLAttributes<HTMLTableElement>, 'aria-busy'>,
) {
  const { columns, sorting, label, children } = props;
  return (
    <div className={styles.frame}>
      <table
        className={styles.table}
        aria-label={label}
        aria-busy={props['aria-busy']}
      >
        <thead>
          <tr>
            {columns.map(column => (
              <HeadCell key={column.title} column={column} sorting={sorting} />
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

const arrows = { ascending: '▲', descending: '▼', none: '' } as const;

function HeadCell<S extends string>(props: {
  column: ColumnHead<S>;
  sorting?: Sorting<S>;
}) {
  const { column, sorting } = props;
  const { title, sort, isNumber } = column;
  const className = isNumber ? styles.number : undefined;
  if (!sort || !sorting) {
    return (
      <th scope="col" className={className}>
        {title}
      </th>
    );
  }
  const direction = directionOf(sort, sorting);
  const next: S | `-${S}` = direction === 'ascending' ? `-${sort}` : sort;
  return (
    <th scope="col" className={className} aria-sort={direction}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => sorting.onChange(next)}
      >
        {title} <span aria-hidden="true">{arrows[direction]}</span>
      </button>
    </th>
  );
}

function directionOf<S extends string>(
  sort: S,
  sorting: Sorting<S>,
): keyof typeof arrows {
  if (sorting.by === sort) return 'ascending';
  return sorting.by === `-${sort}` ? 'descending' : 'none';
}
