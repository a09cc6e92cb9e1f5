import type {
  DagRun,
  DagStructure,
  TaskInstance,
  TaskSummary,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { dagDetailsOf, dagPageOf, runOf, runPageOf } from './dags';
import type { Answers } from './fakeApi';
import { portal } from './portal';
import { instanceOf, momentAt, triesOf } from './tasks';

const HOUR = 3_600_000;

/** The run of an hour, which took a minute. */
export function runAt(hour: number, more: Partial<DagRun> = {}): DagRun {
  const at = momentAt(hour * HOUR);
  return runOf({
    runId: `run-${hour}`,
    logicalDate: at,
    runAfter: at,
    dueAt: at,
    queuedAt: at,
    startedAt: at,
    endedAt: momentAt(hour * HOUR + 60_000),
    ...more,
  });
}

/** The page of the DAG, or of its newest run, at a tab. */
export function gridPortal(
  given: {
    structure: DagStructure;
    /** Newest first. */
    runs: DagRun[];
    summaries?: (runId: string) => TaskSummary[];
    instances?: TaskInstance[];
    tries?: (taskId: string) => TaskInstance[];
  },
  address: string,
  answers: Answers = {},
) {
  const { structure, runs, summaries = () => [], instances = [] } = given;
  const runIds = ({ runId }: Record<string, unknown>) =>
    [runId].flat().map(id => String(id));
  return portal(`/airflow/clusters/prod-eu/dags/load_orders${address}`, {
    getDag: () => dagPageOf(),
    getRun: () => runPageOf(runs[0]),
    listClusters: () => ({ items: [] }),
    getDagStructure: () => structure,
    getDagDetails: () => dagDetailsOf(),
    listRuns: ({ query }) => ({
      items: runs.slice(0, Number(query.limit)),
      nextCursor: null,
      total: runs.length,
      coverage: [],
    }),
    listTaskSummaries: ({ query }) => ({
      items: runIds(query).map(runId => ({ runId, tasks: summaries(runId) })),
    }),
    listTaskInstances: () => ({ items: instances, skippedRows: 0 }),
    listTaskTries: ({ params: { taskId } }) =>
      triesOf(instanceOf(String(taskId)), given.tries?.(String(taskId))),
    ...answers,
  });
}

/** A browser window's size, which jsdom lacks, so that what is in view is drawn. */
export function giveSize(width: number, height: number): void {
  jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(width);
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(height);
}
