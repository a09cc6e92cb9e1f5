import type { DagPresence } from '@airflow-fleet/backstage-plugin-airflow-common';

const stored =
  'Airflow does not list this DAG. What is shown was stored before, and nothing can be done to it but to delete what Airflow may still keep of it.';

/** What follows for who looks at the DAG. */
export const presenceRemarks: Record<DagPresence, string> = {
  listed: '',
  broken: 'Nothing of it starts until the file is mended.',
  unparsed: 'What Airflow runs may not be what its file now says.',
  doubted:
    'So many are missing at once that it counts neither as gone nor as right until they are back.',
  vanished: stored,
  deleted: stored,
};
