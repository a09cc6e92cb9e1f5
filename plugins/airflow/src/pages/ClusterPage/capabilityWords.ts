import type { Capability } from '@airflow-fleet/backstage-plugin-airflow-common';

/** What people can do on a cluster of this version, in their words. */
export const capabilityWords: Record<Capability, string> = {
  'dag-versions': 'versions of DAGs, to compare their code',
  backfills: 'backfills',
  'backfill-version': 'the version of a DAG that a backfill repeats runs with',
  'human-in-the-loop': 'tasks that wait for the answer of a person',
  assets: 'assets (datasets before Airflow 3)',
  'structured-logs': 'logs with a level for each line',
  'trigger-with-run-after': 'runs that start at a later moment',
  notes: 'notes on runs and tasks',
  reparse: 'reading the file of a DAG again at once',
};
