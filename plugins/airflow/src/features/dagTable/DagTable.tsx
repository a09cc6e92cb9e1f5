import type {
  AirflowPaths,
  DagListItem,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  Coverage,
  DagSortColumn,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Link } from 'react-router-dom';
import { useFavourites } from '../../data/useFavourites';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { ClusterName } from '../../ui/clusterName';
import { Table, type Column, type Sorting } from '../../ui/layout';
import { ScheduleText } from '../../ui/schedule';
import { PresenceMark, RunBars, StateChip } from '../../ui/state';
import { Moment } from '../../ui/time';
import { FavouriteStar } from '../favourites';
import { OwnerName } from '../owner';
import styles from './DagTable.module.css';

/** DAGs as rows made for scanning; the bars carry the history. */
export function DagTable(props: {
  dags: readonly DagListItem[];
  coverage: readonly Coverage[];
  sorting?: Sorting<DagSortColumn>;
  isBusy?: boolean;
}) {
  const { dags, coverage, sorting, isBusy } = props;
  const favourites = useFavourites();
  const paths = useAirflowPaths();
  const stale = new Set(
    coverage.filter(part => part.stale).map(part => part.cluster),
  );
  const nameColumn: Column<DagListItem, DagSortColumn> = {
    title: 'DAG',
    sort: 'displayName',
    isMain: true,
    cell: dag => (
      <div className={styles.name}>
        <span className={styles.title}>
          <FavouriteStar dag={dag} favourites={favourites} />
          <Link to={paths.dag(dag)}>{dag.displayName}</Link>
        </span>
        <Marks dag={dag} isStale={stale.has(dag.cluster)} />
        {dag.tags.length > 0 && (
          <small className={styles.tags}>{dag.tags.join(', ')}</small>
        )}
      </div>
    ),
  };
  return (
    <Table
      label="DAGs"
      kind="dag-row"
      columns={[nameColumn, ...factColumns(paths)]}
      rows={dags}
      keyOf={({ cluster, dagId }) => JSON.stringify([cluster, dagId])}
      marksOf={({ cluster, dagId }) => ({
        'data-cluster': cluster,
        'data-dag': dagId,
        'data-stale': stale.has(cluster),
      })}
      sorting={sorting}
      aria-busy={isBusy}
    />
  );
}

/** What is told of each DAG beside its name. */
function factColumns(
  paths: AirflowPaths,
): readonly Column<DagListItem, DagSortColumn>[] {
  return [
    {
      title: 'Cluster',
      sort: 'cluster',
      isShort: true,
      cell: ({ cluster }) => (
        <Link to={paths.cluster(cluster)}>
          <ClusterName cluster={cluster} />
        </Link>
      ),
    },
    {
      title: 'Schedule',
      sort: 'schedule',
      isShort: true,
      cell: ({ schedule, zone }) => (
        <ScheduleText schedule={schedule} zone={zone} isShort />
      ),
    },
    {
      title: 'Last runs',
      cell: dag => <RunBars dag={dag} runs={dag.recentRuns} />,
    },
    {
      title: 'Success',
      sort: 'successRate',
      isNumber: true,
      cell: ({ successRate }) =>
        successRate === null ? '–' : `${Math.round(successRate * 100)} %`,
    },
    {
      title: 'Last run',
      sort: 'lastRunAt',
      cell: ({ lastRun }) =>
        lastRun ? <Moment at={lastRun.startedAt ?? lastRun.runAfter} /> : '–',
    },
    {
      title: 'State',
      sort: 'lastRunState',
      cell: ({ lastRun }) =>
        lastRun ? (
          <Link to={paths.run(lastRun)} className={styles.state}>
            <StateChip state={lastRun.state} />
          </Link>
        ) : (
          '–'
        ),
    },
    {
      title: 'Next run',
      sort: 'nextRunAt',
      cell: ({ nextRunAt, paused, zone }) =>
        nextRunAt && !paused ? <Moment at={nextRunAt} zone={zone} /> : '–',
    },
    { title: 'Owner', sort: 'owner', cell: dag => <OwnerName dag={dag} /> },
  ];
}

function Marks({ dag, isStale }: { dag: DagListItem; isStale: boolean }) {
  return (
    <>
      {dag.failing && dag.lastRun?.state !== 'failed' && (
        <small className={styles.mark} data-bad>
          ✖ failing since <Moment at={dag.failing.since} />
        </small>
      )}
      {dag.paused && <small className={styles.mark}>‖ paused</small>}
      {dag.hasImportErrors && (
        <small className={styles.mark} data-bad>
          ✖ import error
        </small>
      )}
      {dag.presence.state !== 'listed' && (
        <small className={styles.mark} data-bad={!dag.goneAt || undefined}>
          <PresenceMark presence={dag.presence} />
        </small>
      )}
      {isStale && (
        <small className={styles.mark} data-bad>
          ? last read <Moment at={dag.readAt} />
        </small>
      )}
    </>
  );
}
