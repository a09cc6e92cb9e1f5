import { Link } from 'react-router-dom';
import { useFleetRuns } from '../../data/useRuns';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { ClusterName } from '../../ui/clusterName';
import { runTookColumn, startedColumn, stateColumn } from '../../ui/columns';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { Table } from '../../ui/layout';
import { RunLink } from '../../ui/run';
import type { EntityDags } from './useEntityDags';

const RUNS = 15;

/** The newest runs of all DAGs of an entity. */
export function EntityRuns({ dags }: { dags: EntityDags }) {
  const paths = useAirflowPaths();
  const { data, error, refetch } = useFleetRuns({ ...dags, limit: RUNS });
  if (error) {
    return (
      <ErrorPanel
        title="The runs could not be loaded"
        error={error}
        onRetry={() => refetch()}
      />
    );
  }
  if (!data) return <Loading what="the runs" rows={5} />;
  if (data.items.length === 0) return <Empty>None of them has run yet.</Empty>;
  return (
    <Table
      label="Recent runs"
      kind="entity-run"
      rows={data.items}
      keyOf={({ cluster, dagId, runId }) =>
        JSON.stringify([cluster, dagId, runId])
      }
      columns={[
        {
          title: 'DAG',
          isMain: true,
          cell: run => (
            <>
              <Link to={paths.dag(run)}>{run.dagId}</Link>{' '}
              <small>
                <ClusterName cluster={run.cluster} />
              </small>
            </>
          ),
        },
        {
          title: 'Run',
          cell: run => <RunLink run={run} />,
        },
        stateColumn,
        startedColumn,
        runTookColumn,
      ]}
    />
  );
}
