import type { DagFilter } from '../../data/useDags';

/** What a change of the filters sets; null takes a filter away. */
export type FilterChange = {
  [K in keyof DagFilter]?: DagFilter[K] | null;
} & { limit?: number; favourites?: boolean | null };

/** What is filtered by, and what a change of it does. */
export interface DagFilterProps {
  filter: DagFilter;
  limit: number;
  onlyFavourites: boolean;
  onChange: (change: FilterChange) => void;
}
