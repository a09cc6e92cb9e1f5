import type {
  Coverage,
  DagListItem,
  DagSortColumn,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { useFavourites, type Favourites } from '../../hooks/useFavourites';
import { ClusterName } from '../clusterName';
import { FavouriteStar } from '../favourites';
import { Table, type Sorting } from '../layout';
import { OwnerName } from '../owner';
import { ScheduleText } from '../schedule';
import { PresenceMark, RunBars, StateChip } from '../state';
import { Moment } from '../time';
import styles from './DagTable.module.css';

const columns = [
  { title: 'DAG', sort: 'displayName' },
  { title: 'Cluster', sort: 'cluster' },
  { title: 'Schedule', sort: 'schedule' },
  { title: 'Last runs' },
  { title: 'Success', sort: 'successRate', isNumber: true },
  { title: 'Last run', sort: 'lastRunAt' },
  { title: 'State', sort: 'lastRunState' },
  { title: 'Next run', sort: 'nextRunAt' },
  { title: 'Owner', sort: 'owner' },
] as const;

/** DAGs as rows made for scanning; the bars carry the history. */
export function DagTable(props: {
  dags: readonly DagListItem[];
  coverage: readonly Coverage[];
  sorting?: Sorting<DagSortColumn>;
  isBusy?: boolean;
}) {
  const { dags, coverage, sorting, isBusy } = props;
  const favourites = useFavourites();
  const stale = new Set(
    coverage.filter(part => part.stale).map(part => part.cluster),
  );
  return (
    <Table label="DAGs" columns={columns} sorting={sorting} aria-busy={isBusy}>
      {dags.map(dag => (
        <DagRow
          key={JSON.stringify([dag.cluster, dag.dagId])}
          dag={dag}
          isStale={stale.has(dag.cluster)}
          favourites={favourites}
        />
      ))}
    </Table>
  );
}

function DagRow(props: {
  dag: DagListItem;
  isStale: boolean;
  favourites: Favourites;
}) {
  const { dag, isStale, favourites } = props;
  const paths = useAirflowPaths();
  const { schedule, lastRun, successRate } = dag;
  return (
    <tr
      data-kind="dag-row"
      data-cluster={dag.cluster}
      data-dag={dag.dagId}
      data-stale={isStale}
    >
      <td data-label="DAG" data-main>
        <div className={styles.name}>
          <span className={styles.title}>
            <FavouriteStar dag={dag} favourites={favourites} />
            <Link to={paths.dag(dag)}>{dag.displayName}</Link>
          </span>
          <Marks dag={dag} isStale={isStale} />
          {dag.tags.length > 0 && (
            <small className={styles.tags}>{dag.tags.join(', ')}</small>
          )}
        </div>
      </td>
      <td data-label="Cluster" data-short>
        <Link to={paths.cluster(dag.cluster)}>
          <ClusterName cluster={dag.cluster} />
        </Link>
      </td>
      <td data-label="Schedule">
        <ScheduleText schedule={schedule} zone={dag.zone} />
      </td>
      <td data-label="Last runs">
        <RunBars dag={dag} runs={dag.recentRuns} />
      </td>
      <td data-label="Success" data-number>
        {successRate === null ? '–' : `${Math.round(successRate * 100)} %`}
      </td>
      <td data-label="Last run">
        {lastRun ? <Moment at={lastRun.startedAt ?? lastRun.runAfter} /> : '–'}
      </td>
      <td data-label="State">
        {lastRun ? (
          <Link to={paths.run(lastRun)} className={styles.state}>
            <StateChip state={lastRun.state} />
          </Link>
        ) : (
          '–'
        )}
      </td>
      <td data-label="Next run">
        {dag.nextRunAt && !dag.paused ? (
          <Moment at={dag.nextRunAt} zone={dag.zone} />
        ) : (
          '–'
        )}
      </td>
      <td data-label="Owner">
        <OwnerName dag={dag} />
      </td>
    </tr>
  );
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
