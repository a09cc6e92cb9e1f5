import type {
  DagSort,
  DagSortColumn,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useDags, type DagFilter } from '../../data/useDags';
import { useFavourites } from '../../data/useFavourites';
import { DagTable } from '../../features/dagTable';
import { ScopeBar } from '../../features/scope';
import { useOwnerScope } from '../../features/scope/useOwnerScope';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Empty, Loaded } from '../../ui/feedback';
import { CoverageNotice, PageHead, Pager, type Sorting } from '../../ui/layout';
import { DagFilters } from './DagFilters';
import { dagsQuery } from './dagsQuery';

/** Every DAG of the fleet: filtered, sorted, a page at a time, all of it in the address. */
export function DagsPage() {
  const [query, change] = useUrlQuery(dagsQuery);
  const [scope, setScope] = useOwnerScope();
  const favourites = useFavourites();
  const { sort, limit, cursor, favourites: only = false, ...asked } = query;
  const hasNone = only && favourites.refs.length === 0;
  const filter: DagFilter = {
    ...asked,
    scope,
    ...(only && !hasNone && { dag: [...favourites.refs] }),
  };
  return (
    <>
      <PageHead
        title="DAGs"
        actions={<ScopeBar scope={scope} onChange={setScope} />}
      />
      <DagFilters
        filter={filter}
        limit={limit}
        onlyFavourites={only}
        onChange={wanted => change({ ...wanted, cursor: null })}
      />
      {hasNone ? (
        <Empty>
          You have no favourites yet. Mark a DAG with the star beside its name.
        </Empty>
      ) : (
        <DagList
          filter={filter}
          sort={sort}
          limit={limit}
          cursor={cursor}
          onChange={change}
        />
      )}
    </>
  );
}

function DagList(props: {
  filter: DagFilter;
  sort: DagSort;
  limit: number;
  cursor: string | undefined;
  onChange: (change: { sort?: DagSort; cursor: string | null }) => void;
}) {
  const { filter, sort, limit, cursor, onChange } = props;
  const dags = useDags({ filter, sort, limit, cursor });
  const sorting: Sorting<DagSortColumn> = {
    by: sort,
    onChange: by => onChange({ sort: by, cursor: null }),
  };
  return (
    <Loaded what="DAGs" query={dags} rows={10}>
      {({ items, total, nextCursor, coverage }) => (
        <>
          <CoverageNotice coverage={coverage} />
          {items.length === 0 ? (
            <Empty>
              {filter.scope === 'all'
                ? 'No DAGs match. Remove a filter, or check that the cluster was read.'
                : 'None of your DAGs match. Remove a filter, or switch to All.'}
            </Empty>
          ) : (
            <DagTable
              dags={items}
              coverage={coverage}
              sorting={sorting}
              isBusy={dags.isPlaceholderData}
            />
          )}
          <Pager
            shown={items.length}
            total={total}
            noun="DAGs"
            coverage={coverage}
            isFirst={cursor === undefined}
            nextCursor={nextCursor}
            onFirst={() => onChange({ cursor: null })}
            onNext={next => onChange({ cursor: next })}
          />
        </>
      )}
    </Loaded>
  );
}
