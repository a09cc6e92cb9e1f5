import { cron, dag, pools, task } from './builders';
import { ClusterDefinition, FleetDefinition, TaskDefinition } from './types';

const GROUPS = 20;
const TASKS_OF_GROUP = 15;
const INSTANCES = 2_000;

/** 300 tasks in groups side by side, each group a chain that waits for a task of the group before. */
function wideTasks(): TaskDefinition[] {
  return Array.from({ length: GROUPS * TASKS_OF_GROUP }, (_, i) => {
    const [group, place] = [Math.floor(i / TASKS_OF_GROUP), i % TASKS_OF_GROUP];
    const idOf = (inGroup: number, at: number) => `g${inGroup}.t${at}`;
    const upstream = [
      ...(place > 0 ? [idOf(group, place - 1)] : []),
      ...(group > 0 && place % 5 === 0 ? [idOf(group - 1, place)] : []),
    ];
    return task(idOf(group, place), upstream, { seconds: 2, retries: 0 });
  });
}

function cluster(
  anchor: number,
  name: string,
  version: string,
): ClusterDefinition {
  const isSecond = version.startsWith('2.');
  return {
    name,
    version,
    reachable: true,
    dataIntervals: isSecond,
    dagsFolder: '/opt/airflow/dags',
    dags: [
      dag(anchor, 'mapped_2000', 'platform', cron('0 * * * *', 'Every hour'), [
        task('list', [], { seconds: 5 }),
        task('work', ['list'], { mapped: INSTANCES, seconds: 120 }),
        task('join', ['work'], { seconds: 5 }),
      ]),
      dag(
        anchor,
        'wide_300',
        'platform',
        cron('*/12 * * * *', 'Every 12 minutes'),
        wideTasks(),
      ),
    ],
    pools: pools(),
    importErrors: [],
    dagWarnings: [],
    outages: [],
  };
}

/**
 * An Airflow 2 and an Airflow 3 with a DAG of 300 tasks and one with 2,000 mapped instances, for benchmarks of the grid.
 *
 * @public
 */
export function wideFleet(anchor = Date.now()): FleetDefinition {
  return {
    clusters: [
      cluster(anchor, 'wide-2', '2.11.2'),
      cluster(anchor, 'wide-3', '3.3.2'),
    ],
  };
}
