import type {
  TaskInstance,
  TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AirflowApiError } from '../..';
import { refuses, type Answers } from '../../__testUtils__/fakeApi';
import { portal } from '../../__testUtils__/portal';
import {
  instanceOf,
  structureOf,
  taskOf,
  triesOf,
} from '../../__testUtils__/tasks';

const AT = '2026-11-23T02:00:00.000Z';

const instance = (taskId: string, state: TaskState, mapIndex = -1) =>
  instanceOf(taskId, {
    runId: 'nightly',
    state,
    mapIndex,
    note: 'ask the warehouse team',
  });

const told = (one: TaskInstance) =>
  triesOf(one, one.tryNumber > 0 ? [one] : []);

const value = (text: string, more = {}) => ({
  text,
  isJson: true,
  length: text.length,
  isCut: false,
  ...more,
});

const facts = {
  priorityWeight: 5,
  poolSlots: 2,
  executor: null,
  links: [{ name: 'Triggered DAG', url: 'http://airflow.example/dags/b' }],
};

const missing = new AirflowApiError(404, {
  code: 'not-found',
  message: 'Run nightly has no task resize',
  hint: 'It may have been renamed',
});

function open(query: string, answers: Answers, taskId = 'extract') {
  return portal(
    `/airflow/clusters/prod-eu/dags/load_orders/runs/nightly/tasks/${taskId}${query}`,
    {
      listClusters: () => ({ items: [] }),
      listTaskTries: () => told(instance('extract', 'success')),
      ...answers,
    },
  );
}

describe('the page of a task', () => {
  it('shows its note and leads to its tabs, each with an address', async () => {
    open('?tab=details', { getTaskFacts: () => facts });
    expect(await screen.findByText('ask the warehouse team')).toBeVisible();
    const tabs = within(screen.getByRole('navigation', { name: 'Task' }));
    expect(tabs.getAllByRole('link').map(link => link.textContent)).toEqual([
      'Log',
      'XCom',
      'Rendered',
      'Details',
    ]);
    expect(tabs.getByRole('link', { name: 'XCom' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\?tab=xcom$/),
    );
  });

  it('tells how it was queued, where its operator leads, and its attempts', async () => {
    open('?tab=details', { getTaskFacts: () => facts });
    expect(await screen.findByText('Priority weight')).toBeVisible();
    expect(screen.getByRole('link', { name: /Triggered DAG/ })).toHaveAttribute(
      'href',
      'http://airflow.example/dags/b',
    );
    const tries = within(screen.getByRole('table', { name: 'Attempts' }));
    expect(tries.getByRole('link', { name: 'Try 1' })).toBeVisible();
  });

  it('shows what it returned at once, and other XComs when they are opened', async () => {
    const { askedOf } = open('?tab=xcom', {
      listXComs: () => ({
        items: [
          { key: 'return_value', storedAt: AT },
          { key: 'everything', storedAt: AT },
        ],
      }),
      getXCom: ({ query }) =>
        query.key === 'everything'
          ? value('<b>many rows</b>', { length: 1_000_000, isCut: true })
          : value('{\n  "mean": NaN\n}'),
    });
    expect(await screen.findByLabelText('return_value')).toHaveTextContent(
      '{ "mean": NaN }',
    );
    expect(askedOf('getXCom')).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: /everything/ }));
    expect(await screen.findByLabelText('everything')).toHaveTextContent(
      '<b>many rows</b>',
    );
    expect(screen.getByText(/beginning of 1.000.000 characters/)).toBeVisible();
  });

  it('shows its fields with their templates filled in', async () => {
    open('?tab=rendered', {
      listRenderedFields: () => ({
        items: [{ name: 'sql', value: value('SELECT 1', { isJson: false }) }],
      }),
    });
    const field = within(await screen.findByRole('region', { name: 'sql' }));
    expect(field.getByText('SELECT 1')).toBeVisible();
  });

  it('says what the backend refused', async () => {
    open('?tab=xcom', {
      listXComs: refuses('You lack the permission airflow.xcom.read'),
    });
    expect(
      await screen.findByText(/You lack the permission airflow.xcom.read/),
    ).toBeVisible();
  });

  it('names the tasks that a waiting one waits for, down to those that run', async () => {
    open(
      '',
      {
        listTaskTries: () => ({
          ...told({ ...instance('load', 'none'), tryNumber: 0 }),
        }),
        getDagStructure: () =>
          structureOf([
            taskOf('extract'),
            taskOf('transform', ['extract']),
            taskOf('load', ['transform']),
          ]),
        listTaskSummaries: () => ({
          items: [
            {
              runId: 'nightly',
              tasks: [{ taskId: 'extract', state: 'running' }],
            },
          ],
        }),
        listWaitReasons: () => ({
          items: [{ name: 'Trigger Rule', reason: 'found 1 non-success(es)' }],
        }),
      },
      'load',
    );
    const why = within(
      await screen.findByRole('region', { name: 'Why it has not started' }),
    );
    expect(await why.findByRole('link', { name: 'transform' })).toBeVisible();
    expect(why.getByRole('link', { name: 'extract' })).toBeVisible();
    expect(why.getByText(/found 1 non-success/)).toBeInTheDocument();
  });
});

describe('the attempts of a task', () => {
  const tries = (...states: TaskState[]) => {
    const items = states.map((state, i) => ({
      ...instance('extract', state),
      tryNumber: i + 1,
    }));
    return triesOf({ ...items[items.length - 1], maxTries: 2 }, items);
  };
  const noLog = { streamTaskLog: () => [] };

  it('are counted beside how many there may be', async () => {
    open('', { ...noLog, listTaskTries: () => tries('failed', 'success') });
    expect(await screen.findByText('2 of 3')).toBeVisible();
  });

  it.each([
    ['running', 'Try 2 is running now. Follow it'],
    ['success', undefined],
  ] as const)(
    'lead from an earlier one to one that is %s',
    async (state, newer) => {
      open('?try=1', { ...noLog, listTaskTries: () => tries('failed', state) });
      await screen.findByText('2 of 3');
      const shown = document.querySelector('[data-kind="newer-try"]');
      expect(shown?.textContent).toBe(newer);
    },
  );
});

describe('the page of a mapped task', () => {
  const page = (states: TaskState[], more = {}) => ({
    items: states.map((state, i) => instance('resize', state, i)),
    total: states.length,
    counts: { success: 1_998, failed: 2 },
    ...more,
  });

  it('lists its instances where none is named, with how many are in each state', async () => {
    const { askedOf } = open(
      '?state=failed&sort=-durationMs',
      {
        listTaskTries: () => {
          throw missing;
        },
        listMappedInstances: () => page(['failed', 'failed'], { total: 120 }),
      },
      'resize',
    );
    const table = within(
      await screen.findByRole('table', { name: 'Mapped instances' }),
    );
    expect(table.getByRole('link', { name: '[1]' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/tasks\/resize\?map=1$/),
    );
    const counts = screen.getByRole('list', {
      name: 'Task instances by state',
    });
    expect(counts).toHaveTextContent(/1998 success.*2 failed/);
    expect(askedOf('listMappedInstances').at(-1)?.query).toMatchObject({
      state: ['failed'],
      sort: '-durationMs',
      offset: 0,
    });
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(askedOf('listMappedInstances').at(-1)?.query).toMatchObject({
      offset: 2,
    });
  });

  it('shows the first page again when it is sorted anew', async () => {
    const { askedOf } = open(
      '?offset=50',
      {
        listTaskTries: () => {
          throw missing;
        },
        listMappedInstances: () => page(['failed'], { total: 120 }),
      },
      'resize',
    );
    await userEvent.click(await screen.findByRole('button', { name: /Took/ }));
    await waitFor(() =>
      expect(askedOf('listMappedInstances').at(-1)?.query).toMatchObject({
        sort: 'durationMs',
        offset: 0,
      }),
    );
  });

  it('says what is missing where there is no such task', async () => {
    open('', {
      listTaskTries: () => {
        throw missing;
      },
      listMappedInstances: () => {
        throw missing;
      },
    });
    expect(
      await screen.findByText('Run nightly has no task resize'),
    ).toBeVisible();
  });
});
