import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AirflowApiError } from '../..';
import { pageOf } from '../../__testUtils__/alerts';
import {
  clusterOf,
  dagOf,
  dagPageOf,
  runOf,
  runPageOf,
} from '../../__testUtils__/dags';
import type { Answers } from '../../__testUtils__/fakeApi';
import { fullAnswers } from '../../__testUtils__/fullAnswers';
import { portal } from '../../__testUtils__/portal';

const AT = '2026-11-23T02:00:00.000Z';
const dag = '/airflow/clusters/prod-eu/dags/load_orders';

function missing(field: string): () => never {
  return () => {
    throw new AirflowApiError(404, {
      code: 'not-found',
      field,
      message: `There is no such thing, by its ${field}`,
      hint: 'It may have been deleted',
    });
  };
}

/** As the backend answers where Airflow has no such DAG. */
const nothing: Answers = {
  getDagStructure: missing('dagId'),
  getDagDetails: missing('dagId'),
  getDagSource: missing('dagId'),
  listDagVersions: missing('dagId'),
  listDagAssets: missing('dagId'),
  listBackfills: missing('dagId'),
  listTaskCounts: missing('dagId'),
  listTaskSummaries: missing('dagId'),
  getTaskStatistics: missing('dagId'),
  listTaskInstances: missing('dagId'),
};

const open = (path: string, answers: Answers) =>
  portal(path, { ...fullAnswers, ...answers });

const errors = () => document.querySelectorAll('[data-kind="error-panel"]');

describe('a DAG that is gone from Airflow', () => {
  const gone: Answers = {
    ...nothing,
    getDag: () => ({
      ...dagPageOf({
        presence: {
          state: 'vanished' as const,
          since: AT,
          reason: 'Airflow finds it in no file any more',
        },
        goneAt: AT,
        nextRunAt: null,
      }),
      recentRuns: [runOf({ runId: 'nightly' })],
    }),
  };

  it('shows its history, and that nothing can be done to it', async () => {
    open(dag, gone);
    expect(await screen.findByText(/does not list this DAG/)).toHaveTextContent(
      /stored before, and nothing can be done to it/,
    );
    const runs = within(
      await screen.findByRole('table', { name: 'Recent runs' }),
    );
    expect(runs.getByRole('link', { name: 'nightly' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Trigger' })).toBeDisabled();
    expect(screen.queryByRole('switch')).toBeNull();
    expect(screen.queryByText('Open in Airflow')).toBeNull();
    expect(screen.queryByText(/could not be counted/)).toBeNull();
  });

  it('lets what Airflow may still keep of it be deleted, and nothing else', async () => {
    const { askedOf } = open(dag, {
      ...gone,
      deleteDag: () => {
        throw new AirflowApiError(410, {
          code: 'gone',
          field: 'dagId',
          message: 'Airflow no longer knows it',
          hint: 'What is stored stays',
        });
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'More for load_orders' }),
    );
    expect(
      await screen.findByRole('menuitem', { name: /Reparse its file/ }),
    ).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(
      await screen.findByRole('menuitem', { name: /Delete in Airflow/ }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/only its file was removed/)).toBeVisible();
    await userEvent.type(
      dialog.getByLabelText('Type load_orders to delete it'),
      'load_orders',
    );
    await userEvent.type(dialog.getByLabelText(/Reason/), 'tidying up');
    await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
    expect(await dialog.findByText(/no longer knows it/)).toBeVisible();
    expect(dialog.getByText(/What is stored stays/)).toBeVisible();
    expect(askedOf('deleteDag')).toHaveLength(1);
  });

  it.each([
    'grid',
    'graph',
    'gantt',
    'statistics',
    'code',
    'assets',
    'docs',
    'details',
    'backfills',
  ])('says on its tab %s what only Airflow could tell', async tab => {
    open(`${dag}?tab=${tab}`, gone);
    const [told] = await screen.findAllByText(/The DAG is gone from Airflow/);
    expect(told).toBeVisible();
    expect(errors()).toHaveLength(0);
  });
});

describe('a DAG whose file is broken', () => {
  const broken: Answers = {
    getDag: () =>
      dagPageOf({
        presence: {
          state: 'broken',
          since: AT,
          reason: 'Airflow cannot import its file',
        },
      }),
  };

  it('shows on top what is wrong with its file, the traceback folded', async () => {
    const stackTrace = 'Traceback:\n  File "a.py"\nKeyError: \'x\'\n';
    const { askedOf } = open(`${dag}?tab=runs`, {
      ...broken,
      listImportErrors: () =>
        pageOf([
          {
            cluster: 'prod-eu',
            id: '1',
            filename: 'load_orders.py',
            bundle: null,
            stackTrace,
            occurredAt: AT,
          },
        ]),
    });
    const why = within(
      await screen.findByRole('region', { name: /cannot be imported/ }),
    );
    expect(await why.findByText('load_orders.py')).toBeVisible();
    expect(why.getByText("KeyError: 'x'")).toBeVisible();
    expect(why.getByText(/File "a.py"/)).not.toBeVisible();
    const [since] = document.querySelectorAll('[data-kind="presence"] time');
    expect(since).toHaveAttribute('datetime', AT);
    expect(askedOf('listImportErrors')).toEqual([
      expect.objectContaining({
        query: expect.objectContaining({
          cluster: ['prod-eu'],
          dagId: ['load_orders'],
        }),
      }),
    ]);
  });

  it('leads to the import errors of its cluster where its own is not known', async () => {
    open(dag, { ...broken, listImportErrors: () => pageOf([]) });
    expect(
      await screen.findByRole('link', { name: /all files of prod-eu/ }),
    ).toHaveAttribute('href', '/airflow/clusters/prod-eu?tab=import-errors');
  });

  it('asks for no import errors of a DAG that is well', async () => {
    const { askedOf } = open(dag, { getDag: () => dagPageOf() });
    expect(await screen.findByText('Recent runs')).toBeVisible();
    expect(askedOf('listImportErrors')).toEqual([]);
  });
});

describe('a cluster in which the portal may only read', () => {
  const readOnly: Answers = {
    listClusters: () => ({ items: [clusterOf({ mayWrite: false })] }),
  };
  const reason =
    'The user that the portal signs in as may only read in Production EU';

  it.each([
    ['a DAG', '', 'Trigger'],
    ['a run', '/runs/nightly', 'Clear…'],
  ])('says on %s why nothing can be done', async (_, path, name) => {
    open(`${dag}${path}`, readOnly);
    await waitFor(() => {
      const button = screen.getByRole('button', { name });
      expect(button).toBeDisabled();
      expect(button.closest('[title]')).toHaveAttribute('title', reason);
    });
  });
});

describe('a run that is gone from Airflow', () => {
  const gone: Answers = {
    ...nothing,
    getRun: () => ({
      ...runPageOf(runOf({ runId: 'nightly', state: 'failed' })),
      gone: true,
    }),
  };

  it('is shown as it was stored', async () => {
    open(`${dag}/runs/nightly`, gone);
    expect(await screen.findByText(/no longer finds this run/)).toBeVisible();
    expect(await screen.findByText(/The run is gone/)).toBeVisible();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Clear…' })).toBeDisabled(),
    );
    expect(errors()).toHaveLength(0);
  });

  it('does not say that it was started without a configuration', async () => {
    open(`${dag}/runs/nightly?tab=conf`, gone);
    expect(await screen.findByText(/does not store with what/)).toBeVisible();
  });
});

describe('what there is not', () => {
  const near = async (name: RegExp) =>
    within(await screen.findByRole('region', { name }))
      .getAllByRole('link')
      .map(link => link.textContent);

  it('says that it is the DAG, and names DAGs like it, here and elsewhere', async () => {
    const { askedOf } = open(dag, {
      getDag: missing('dagId'),
      listDags: ({ query }) =>
        pageOf(
          query.dagPattern
            ? [dagOf({ cluster: 'prod-us' })]
            : [dagOf({ dagId: 'orders_mart' })],
        ),
    });
    expect(await screen.findByText(/by its dagId/)).toBeVisible();
    expect(await near(/another cluster/)).toEqual(['load_orders on prod-us']);
    expect(await near(/Similar names/)).toEqual(['orders_mart']);
    expect(askedOf('listDags')).toContainEqual(
      expect.objectContaining({
        query: expect.objectContaining({ cluster: ['prod-eu'], text: 'ord' }),
      }),
    );
    expect(
      screen.getByRole('link', { name: 'All DAGs of prod-eu' }),
    ).toHaveAttribute('href', '/airflow/dags?cluster=prod-eu');
  });

  it('says that it is the run, and names the last ones', async () => {
    open(`${dag}/runs/nope`, { getRun: missing('runId') });
    expect(await near(/Latest runs/)).toEqual(['nightly']);
    expect(screen.getByRole('link', { name: 'DAG load_orders' })).toBeVisible();
  });

  it('says on the page of a run that it is the DAG', async () => {
    open(`${dag}/runs/nope`, { getRun: missing('dagId') });
    expect(
      await screen.findByRole('link', { name: 'All DAGs of prod-eu' }),
    ).toBeVisible();
  });

  it('says that it is the task, and names those of the run', async () => {
    open(`${dag}/runs/nightly/tasks/extrct`, {
      listTaskTries: missing('taskId'),
      listMappedInstances: missing('taskId'),
    });
    expect(await near(/of this run/)).toEqual(['extract']);
    expect(screen.getByRole('link', { name: 'Run nightly' })).toBeVisible();
  });

  it('says on the page of a task that its run is gone, and leads to what is stored of it', async () => {
    const gone = () => {
      throw new AirflowApiError(410, {
        code: 'gone',
        field: 'runId',
        message: 'Run nightly is gone from Airflow, and its tasks with it',
      });
    };
    open(`${dag}/runs/nightly/tasks/extract`, {
      listTaskTries: gone,
      listMappedInstances: gone,
    });
    expect(await screen.findByText(/Run nightly is gone/)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Run nightly as it was stored' }),
    ).toHaveAttribute('href', `${dag}/runs/nightly`);
    expect(screen.queryByRole('region', { name: /of this run/ })).toBeNull();
  });

  it('leads to all clusters where there is no such cluster', async () => {
    open(dag, {
      getDag: () => {
        throw new AirflowApiError(404, {
          code: 'unknown-cluster',
          message: 'There is no cluster prod-eu',
          hint: 'There are: prod-us',
        });
      },
    });
    expect(
      await screen.findByRole('link', { name: 'All clusters' }),
    ).toBeVisible();
    expect(screen.getByText('There are: prod-us')).toBeVisible();
  });
});
