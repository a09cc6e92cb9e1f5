import type { DagSortColumn } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import { useDags } from '../../hooks/useDags';
import { useOwnerScope } from '../../hooks/useOwnerScope';
import { useUrlQuery } from '../../hooks/useUrlQuery';
import { Empty, ErrorPanel, Loading } from '../feedback';
import {
  CoverageNotice,
  oldestReading,
  PageHead,
  Pager,
  type Sorting,
} from '../layout';
import { ScopeBar } from '../scope';
import { Moment } from '../time';
import { DagFilters } from './DagFilters';
import { dagsQuery } from './dagsQuery';
import { DagTable } from './DagTable';

/** Every DAG of the fleet: filtered, sorted, a page at a time, all of it in the address. */
export function DagsPage() {
  const [query, change] = useUrlQuery(dagsQuery);
  const [scope, setScope] = useOwnerScope();
  const { sort, limit, cursor, ...asked } = query;
  const filter = { ...asked, scope };
  const dags = useDags({ filter, sort, limit, cursor });
  const sorting: Sorting<DagSortColumn> = {
    by: sort,
    onChange: by => change({ sort: by, cursor: null }),
  };
  const readAt = dags.data && oldestReading(dags.data.coverage);
  return (
    <>
      <PageHead
        title="DAGs"
        beside={
          readAt && (
            <Text variant="body-small" color="secondary" data-kind="freshness">
              read <Moment at={readAt} />
            </Text>
          )
        }
        actions={<ScopeBar scope={scope} onChange={setScope} />}
      />
      <DagFilters
        filter={filter}
        limit={limit}
        onChange={wanted => change({ ...wanted, cursor: null })}
      />
      {dags.isPending && <Loading what="DAGs" rows={10} />}
      {dags.error && (
        <ErrorPanel
          title="The DAGs could not be loaded"
          error={dags.error}
          onRetry={() => dags.refetch()}
        />
      )}
      {dags.data && (
        <>
          <CoverageNotice coverage={dags.data.coverage} />
          {dags.data.items.length === 0 ? (
            <Empty>
              {scope === 'all'
                ? 'No DAG matches. Take a filter away, or look whether the cluster was read.'
                : 'No DAG of yours matches. Take a filter away, or look at those of all.'}
            </Empty>
          ) : (
            <DagTable
              dags={dags.data.items}
              coverage={dags.data.coverage}
              sorting={sorting}
              isBusy={dags.isPlaceholderData}
            />
          )}
          <Pager
            shown={dags.data.items.length}
            total={dags.data.total}
            noun="DAGs"
            isFirst={cursor === undefined}
            nextCursor={dags.data.nextCursor}
            onFirst={() => change({ cursor: null })}
            onNext={next => change({ cursor: next })}
          />
        </>
      )}
    </>
  );
}
