import type { DagTask } from '@airflow-fleet/backstage-plugin-airflow-common';

/** Airflow gives as many task instances in a page. */
const PAGE = 100;
/** So few that the newest runs show long before the others are read. */
const FEWEST = 5;
/** Their ids have to fit in an address, and may be long. */
const MOST = 25;
/** The share of the pages' rows that have to be of use. */
const WELL_FILLED = 0.9;

/** How many runs of a DAG to ask for together, so that the pages in which Airflow tells their tasks are full. */
export function runsAtOnce(
  tasks: readonly Pick<DagTask, 'isMapped'>[],
): number {
  // Nobody knows how many instances a mapped task has.
  if (tasks.length === 0 || tasks.some(task => task.isMapped)) return FEWEST;
  for (let runs = FEWEST; runs < MOST; runs += 1) {
    const rows = runs * tasks.length;
    if (rows >= WELL_FILLED * PAGE * Math.ceil(rows / PAGE)) return runs;
  }
  return MOST;
}
