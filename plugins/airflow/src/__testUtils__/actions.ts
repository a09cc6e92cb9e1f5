import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { pageOf } from './alerts';
import { clusterOf, dagDetailsOf, dagPageOf, runOf, runPageOf } from './dags';
import type { Answers, Given } from './fakeApi';
import { portal } from './portal';
import { instanceOf } from './tasks';

/** A run that failed. */
export const nightly = runOf({
  cluster: 'test',
  dagId: 'report',
  runId: 'nightly',
  state: 'failed',
  type: 'manual',
  logicalDate: null,
});

/** The task of it that failed. */
export const failedLoad = instanceOf('load', {
  dagId: 'report',
  runId: 'nightly',
  state: 'failed',
  maxTries: 0,
});

/** What is decided about a DAG is remembered beyond a test, so each has a cluster of its own. */
let clusters = 0;

/** The page of a DAG with one run that failed, or what is below it, in staging, where all may be done. */
export function actionPortal(
  path: string,
  answers: Answers = {},
  options: { cluster?: Partial<Cluster>; may?: (name: string) => boolean } = {},
) {
  clusters += 1;
  const cluster = `test-${clusters}`;
  const run = { ...nightly, cluster };
  const { may = () => true } = options;
  return portal(
    `/airflow/clusters/${cluster}/dags/report${path}`,
    {
      listClusters: () => ({
        items: [
          clusterOf({
            name: cluster,
            title: cluster,
            environment: 'staging',
            capabilities: [
              'backfills',
              'human-in-the-loop',
              'notes',
              'reparse',
            ],
            ...options.cluster,
          }),
        ],
      }),
      getDag: () => dagPageOf({ cluster, dagId: 'report' }),
      getDagDetails: () => dagDetailsOf(),
      listRuns: () => pageOf([run]),
      listTaskCounts: () => ({ items: [] }),
      getRun: () => runPageOf(run, '{"rows": 7, "extra": true}'),
      listTaskInstances: () => ({ items: [failedLoad], skippedRows: 0 }),
      listHumanInputs: () => ({ items: [] }),
      ...answers,
    },
    ({ permission }) => may(permission.name),
  );
}

export const bodies = (given: Given[]) => given.map(({ body }) => body);

/** Opens a menu by the name of its button, and chooses of it. */
export async function choose(of: string | RegExp, item: string | RegExp) {
  await userEvent.click(await screen.findByRole('button', { name: of }));
  const entry = await screen.findByRole('menuitem', { name: item });
  await userEvent.click(entry);
}
