import type { DagName } from '../../data/useDag';
import type { Favourites } from '../../data/useFavourites';
import styles from './FavouriteStar.module.css';

/** Marks a DAG as one of the reader's favourites, or takes the mark away. */
export function FavouriteStar(props: { dag: DagName; favourites: Favourites }) {
  const { dag, favourites } = props;
  const isMarked = favourites.has(dag);
  return (
    <button
      type="button"
      className={styles.star}
      aria-pressed={isMarked}
      aria-label={`Favourite ${dag.dagId}`}
      title={isMarked ? 'One of my favourites' : 'Make it a favourite'}
      onClick={() => favourites.toggle(dag)}
      data-kind="favourite"
    >
      <span aria-hidden="true">{isMarked ? '★' : '☆'}</span>
    </button>
  );
}
