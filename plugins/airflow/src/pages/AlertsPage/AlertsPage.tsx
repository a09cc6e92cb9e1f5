import { useState } from 'react';
import {
  useAlerts,
  type AlertFilter,
  type AlertSort,
} from '../../data/useAlerts';
import { AlertNav } from '../../features/alerts';
import { ScopeBar } from '../../features/scope';
import { useOwnerScope } from '../../features/scope/useOwnerScope';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import {
  AllClear,
  CoverageNotice,
  Freshness,
  PageHead,
  Pager,
  type Sorting,
} from '../../ui/layout';
import { AlertFilters, isFiltered } from './AlertFilters';
import { alertsQuery } from './alertsQuery';
import { AlertTable } from './AlertTable';
import { SelectionBar } from './SelectionBar';

/** What is wrong over the fleet, by cause: filtered, sorted, a page at a time, all of it in the address. */
export function AlertsPage() {
  const [query, change] = useUrlQuery(alertsQuery);
  const [scope, setScope] = useOwnerScope();
  const { sort, limit, cursor, ...asked } = query;
  const filter = { ...asked, scope };
  const alerts = useAlerts({ filter, sort, limit, cursor });
  return (
    <article data-kind="alerts-page">
      <PageHead
        title="Alerts"
        beside={alerts.data && <Freshness coverage={alerts.data.coverage} />}
        actions={
          <>
            <ScopeBar scope={scope} onChange={setScope} />
            <AlertNav />
          </>
        }
      />
      <AlertFilters
        filter={filter}
        onChange={wanted => change({ ...wanted, cursor: null })}
      />
      {alerts.isPending && <Loading what="alerts" rows={10} />}
      {alerts.error && (
        <ErrorPanel
          title="The alerts could not be loaded"
          error={alerts.error}
          onRetry={() => alerts.refetch()}
        />
      )}
      {alerts.data && (
        <>
          <CoverageNotice coverage={alerts.data.coverage} />
          <AlertList
            page={alerts.data}
            filter={filter}
            isBusy={alerts.isPlaceholderData}
            sorting={{
              by: sort,
              onChange: by => change({ sort: by, cursor: null }),
            }}
          />
          <Pager
            shown={alerts.data.items.length}
            total={alerts.data.total}
            noun="alerts"
            isFirst={cursor === undefined}
            nextCursor={alerts.data.nextCursor}
            onFirst={() => change({ cursor: null })}
            onNext={next => change({ cursor: next })}
          />
        </>
      )}
    </article>
  );
}

function AlertList(props: {
  page: NonNullable<ReturnType<typeof useAlerts>['data']>;
  filter: AlertFilter;
  isBusy: boolean;
  sorting: Sorting<'severity' | 'firedAt' | 'since' | 'lastSeenAt'> & {
    by: AlertSort;
  };
}) {
  const { page, filter, isBusy, sorting } = props;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (page.items.length === 0) {
    if (isFiltered(filter)) {
      return <Empty>No alerts match. Remove a filter to see more.</Empty>;
    }
    const isNarrow = filter.scope !== 'all';
    return (
      <AllClear
        what={isNarrow ? 'open alerts of yours' : 'open alerts'}
        coverage={page.coverage}
      />
    );
  }
  return (
    <>
      <SelectionBar
        alerts={page.items}
        chosen={chosen}
        onChoose={ids => setChosen(new Set(ids))}
      />
      <AlertTable
        alerts={page.items}
        chosen={chosen}
        onChoose={(id, isChosen) =>
          setChosen(before => {
            const next = new Set(before);
            if (isChosen) next.add(id);
            else next.delete(id);
            return next;
          })
        }
        sorting={sorting}
        isBusy={isBusy}
      />
    </>
  );
}
