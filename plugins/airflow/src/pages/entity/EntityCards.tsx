import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { Link } from 'react-router-dom';
import { useDags } from '../../data/useDags';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { ClusterName } from '../../ui/clusterName';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { ScheduleText } from '../../ui/schedule';
import { PresenceMark, RunBars, StateChip } from '../../ui/state';
import { Moment } from '../../ui/time';
import styles from './entity.module.css';
import { EntityAlerts } from './EntityAlerts';
import { EntityFrame } from './EntityFrame';
import type { EntityDags } from './useEntityDags';

const SHOWN = 5;

/** Overview card: the DAGs of the entity with their last runs, failing ones first. */
export function EntityStatusCard() {
  return (
    <EntityInfoCard title="Airflow">
      <EntityFrame kind="entity-status-card">
        {dags => <Status dags={dags} />}
      </EntityFrame>
    </EntityInfoCard>
  );
}

/** Overview card: what is wrong with the DAGs of the entity. */
export function EntityAlertsCard() {
  return (
    <EntityInfoCard title="Airflow alerts">
      <EntityFrame kind="entity-alerts-card">
        {dags => <EntityAlerts dags={dags} limit={SHOWN} />}
      </EntityFrame>
    </EntityInfoCard>
  );
}

/** Overview card: which DAGs of the entity run next. */
export function EntityNextRunsCard() {
  return (
    <EntityInfoCard title="Next Airflow runs">
      <EntityFrame kind="entity-next-runs-card">
        {dags => <NextRuns dags={dags} />}
      </EntityFrame>
    </EntityInfoCard>
  );
}

function Status({ dags }: { dags: EntityDags }) {
  const paths = useAirflowPaths();
  const { data, error, refetch } = useDags({
    filter: dags,
    sort: '-failingSince',
    limit: SHOWN,
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
  if (!data) return <Loading what="the DAGs" rows={3} />;
  if (data.total === 0) return <Empty>Its annotations match no DAG.</Empty>;
  return (
    <ul className={styles.list}>
      {data.items.map(dag => (
        <li key={JSON.stringify([dag.cluster, dag.dagId])}>
          <div className={styles.main}>
            <Link to={paths.dag(dag)}>{dag.displayName}</Link>
            <small>
              <ClusterName cluster={dag.cluster} />
              {dag.paused && ' · paused'}
            </small>
            {dag.presence.state !== 'listed' && (
              <small>
                <PresenceMark presence={dag.presence} />
              </small>
            )}
          </div>
          <RunBars dag={dag} runs={dag.recentRuns} />
          {dag.failing && dag.lastRun?.state !== 'failed' && (
            <small>✖ failing</small>
          )}
          {dag.lastRun && <StateChip state={dag.lastRun.state} />}
        </li>
      ))}
      {data.total > data.items.length && (
        <li>
          <small>and {data.total - data.items.length} more in the tab</small>
        </li>
      )}
    </ul>
  );
}

function NextRuns({ dags }: { dags: EntityDags }) {
  const paths = useAirflowPaths();
  const { data, error, refetch } = useDags({
    filter: { ...dags, paused: false },
    sort: 'nextRunAt',
    limit: SHOWN,
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
  if (!data) return <Loading what="the next runs" rows={3} />;
  const announced = data.items.filter(({ nextRunAt }) => nextRunAt !== null);
  if (announced.length === 0)
    return <Empty>Airflow announces no next run.</Empty>;
  return (
    <ul className={styles.list}>
      {announced.map(dag => (
        <li key={JSON.stringify([dag.cluster, dag.dagId])}>
          <div className={styles.main}>
            <Link to={paths.dag(dag)}>{dag.displayName}</Link>
            <small>
              <ClusterName cluster={dag.cluster} />
              {' · '}
              <ScheduleText schedule={dag.schedule} zone={dag.zone} isShort />
            </small>
          </div>
          {dag.nextRunAt && <Moment at={dag.nextRunAt} />}
        </li>
      ))}
    </ul>
  );
}
