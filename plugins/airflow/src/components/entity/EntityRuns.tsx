import { isUnfinished } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { useFleetRuns } from '../../hooks/useRuns';
import { ClusterName } from '../clusterName';
import { Empty, ErrorPanel, Loading } from '../feedback';
import { Table } from '../layout';
import { StateChip } from '../state';
import { Elapsed, Moment } from '../time';
import type { EntityDags } from './useEntityDags';

const columns = [
  { title: 'DAG' },
  { title: 'Run' },
  { title: 'State' },
  { title: 'Started' },
  { title: 'Took', isNumber: true },
];

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
  if (data.items.length === 0) return <Empty>None of them ran yet.</Empty>;
  return (
    <Table label="Recent runs" columns={columns}>
      {data.items.map(run => (
        <tr
          key={JSON.stringify([run.cluster, run.dagId, run.runId])}
          data-kind="entity-run"
        >
          <td data-label="DAG" data-main>
            <Link to={paths.dag(run)}>{run.dagId}</Link>{' '}
            <small>
              <ClusterName cluster={run.cluster} />
            </small>
          </td>
          <td data-label="Run">
            <Link to={paths.run(run)}>{run.runId}</Link>
          </td>
          <td data-label="State">
            <StateChip state={run.state} />
          </td>
          <td data-label="Started">
            {run.startedAt ? <Moment at={run.startedAt} /> : '–'}
          </td>
          <td data-label="Took" data-number>
            <Elapsed
              startedAt={run.startedAt}
              durationMs={run.durationMs}
              goesOn={isUnfinished(run.state)}
            />
          </td>
        </tr>
      ))}
    </Table>
  );
}
