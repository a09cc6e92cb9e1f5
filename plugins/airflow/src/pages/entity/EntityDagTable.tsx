import { useState } from 'react';
import type { DagSort } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useDags } from '../../data/useDags';
import { DagTable } from '../../features/dagTable';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { CoverageNotice, Pager } from '../../ui/layout';
import type { EntityDags } from './useEntityDags';

const PAGE = 25;

/** The DAGs of an entity, sortable, page by page. */
export function EntityDagTable({ dags }: { dags: EntityDags }) {
  const [sort, setSort] = useState<DagSort>('displayName');
  const [cursor, setCursor] = useState<string>();
  const { data, error, refetch, isPlaceholderData } = useDags({
    filter: dags,
    sort,
    limit: PAGE,
    cursor,
  });
  if (error) {
    return (
      <ErrorPanel
        title="The DAGs could not be loaded"
        error={error}
        onRetry={() => refetch()}
      />
    );
  }
  if (!data) return <Loading what="the DAGs" rows={5} />;
  if (data.total === 0) {
    return (
      <>
        <CoverageNotice coverage={data.coverage} />
        <Empty>
          The annotations of this entity match no DAG of the fleet. Check that
          cluster, ids, tags and owners in them are written as in Airflow.
        </Empty>
      </>
    );
  }
  return (
    <>
      <CoverageNotice coverage={data.coverage} />
      <DagTable
        dags={data.items}
        coverage={data.coverage}
        sorting={{
          by: sort,
          onChange: by => {
            setCursor(undefined);
            setSort(by);
          },
        }}
        isBusy={isPlaceholderData}
      />
      <Pager
        shown={data.items.length}
        total={data.total}
        noun="DAGs"
        isFirst={cursor === undefined}
        nextCursor={data.nextCursor}
        onFirst={() => setCursor(undefined)}
        onNext={setCursor}
      />
    </>
  );
}
