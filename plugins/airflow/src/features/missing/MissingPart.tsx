import type { AirflowApiError } from '../../data/api';
import type { TaskName } from '../../data/useRuns';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { MissingPage } from '../../ui/feedback';
import { NearDags } from './NearDags';
import { NearRuns } from './NearRuns';
import { NearTasks } from './NearTasks';

/** What the address of a page names; a DAG's page names no run, and so on. */
type Wanted = Pick<TaskName, 'cluster' | 'dagId'> & Partial<TaskName>;

/** The page of a DAG, run or task that there is not: says which part of its name is missing, and what is near. */
export function MissingPart(props: { error: AirflowApiError; wanted: Wanted }) {
  const { error, wanted } = props;
  const { cluster, dagId, runId = '', taskId = '' } = wanted;
  const paths = useAirflowPaths();
  const run = { cluster, dagId, runId };
  if (error.problem.code === 'unknown-cluster') {
    const back = { to: paths.clusters, text: 'All clusters' };
    return <MissingPage error={error} back={back} />;
  }
  if (error.problem.code === 'gone') {
    const back = { to: paths.run(run), text: `Run ${runId} as it was stored` };
    return <MissingPage error={error} back={back} />;
  }
  switch (error.problem.field) {
    case 'taskId':
      return (
        <MissingPage
          error={error}
          back={{ to: paths.run(run), text: `Run ${runId}` }}
        >
          <NearTasks run={run} taskId={taskId} />
        </MissingPage>
      );
    case 'runId':
      return (
        <MissingPage
          error={error}
          back={{ to: paths.dag(wanted), text: `DAG ${dagId}` }}
        >
          <NearRuns dag={{ cluster, dagId }} />
        </MissingPage>
      );
    default:
      return (
        <MissingPage
          error={error}
          back={{
            to: `${paths.dags}?cluster=${encodeURIComponent(cluster)}`,
            text: `All DAGs of ${cluster}`,
          }}
        >
          <NearDags dag={{ cluster, dagId }} />
        </MissingPage>
      );
  }
}
