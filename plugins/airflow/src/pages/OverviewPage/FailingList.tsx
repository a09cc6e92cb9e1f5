import type {
  FailingDag,
  OwnerScope,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Link } from 'react-router-dom';
import type { useOverview } from '../../data/useOverview';
import { ClearButton } from '../../features/actions';
import { OwnerName } from '../../features/owner';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { ClusterName } from '../../ui/clusterName';
import { AllClear } from '../../ui/layout';
import { PresenceMark, StateChip } from '../../ui/state';
import { Moment } from '../../ui/time';
import styles from './OverviewPage.module.css';

/** DAGs that are failing, then those that recovered. */
export function FailingList(props: {
  scope: OwnerScope;
  overview: NonNullable<ReturnType<typeof useOverview>['data']>;
}) {
  const { overview, scope } = props;
  const { failingDags, failingTotal, recoveredTotal, coverage } = overview;
  const left = failingTotal + recoveredTotal - failingDags.length;
  const paths = useAirflowPaths();
  if (failingDags.length === 0) {
    const what = scope === 'all' ? 'failing DAGs' : 'failing DAGs of yours';
    return <AllClear what={what} coverage={coverage} />;
  }
  return (
    <>
      <ul className={styles.failing}>
        {failingDags.map(dag => (
          <FailingItem
            key={JSON.stringify([dag.cluster, dag.dagId])}
            dag={dag}
          />
        ))}
      </ul>
      {left > 0 && (
        <Link to={`${paths.dags}?failing=true&sort=-failingSince`}>
          {left} more
        </Link>
      )}
    </>
  );
}

function FailingItem({ dag }: { dag: FailingDag }) {
  const paths = useAirflowPaths();
  const { failures, firstFailedAt, lastFailedRun, recoveredBy } = dag;
  return (
    <li data-kind="failing-dag" data-recovered={recoveredBy !== null}>
      <span className={styles.name}>
        {recoveredBy ? <span>↺ recovered</span> : <StateChip state="failed" />}{' '}
        <Link to={paths.dag(dag)}>{dag.displayName}</Link>{' '}
        <small>
          <ClusterName cluster={dag.cluster} />
          {dag.paused && ' · ‖ paused'}
        </small>
        {dag.presence.state !== 'listed' && (
          <>
            {' '}
            <small>
              <PresenceMark presence={dag.presence} />
            </small>
          </>
        )}
      </span>
      <span>
        {failures === 1 ? '1 failure' : `${failures} failures`}
        {failures === 1 ? ' ' : ' since '}
        <Moment at={firstFailedAt} />
        {recoveredBy && (
          <>
            , succeeded{' '}
            <Moment at={recoveredBy.endedAt ?? recoveredBy.runAfter} />
          </>
        )}
      </span>
      <small>
        <OwnerName dag={dag} />
      </small>
      <span className={styles.actions}>
        <Link to={paths.run(lastFailedRun)}>Last failed run</Link>
        {!recoveredBy && <ClearButton name={lastFailedRun} />}
      </span>
    </li>
  );
}
