import type { TaskSummary } from '@airflow-fleet/backstage-plugin-airflow-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { giveSize, gridPortal, runAt } from '../../__testUtils__/grid';
import {
  instanceOf,
  momentAt,
  structureOf,
  taskOf,
} from '../../__testUtils__/tasks';

const structure = structureOf(
  [
    taskOf('extract'),
    taskOf('quality.nulls', ['extract'], {
      label: 'nulls',
      groupId: 'quality',
    }),
    taskOf('quality.totals', ['extract'], {
      label: 'totals',
      groupId: 'quality',
    }),
    taskOf('load', ['quality.nulls', 'quality.totals']),
  ],
  [{ groupId: 'quality', label: 'quality', parentId: null }],
);
const runs = [runAt(2, { state: 'failed' }), runAt(1)];

const took = (
  taskId: string,
  from: number,
  to: number,
  state: TaskSummary['state'] = 'success',
): TaskSummary => ({
  taskId,
  state,
  startedAt: momentAt(from * 1_000),
  endedAt: momentAt(to * 1_000),
});

const given = {
  structure,
  runs,
  summaries: (runId: string) =>
    runId === 'run-2'
      ? [
          took('extract', 0, 10),
          took('quality.nulls', 10, 12),
          took('quality.totals', 10, 40),
          took('load', 40, 45, 'failed'),
        ]
      : [took('extract', 0, 5)],
};

const node = (task: string) => {
  const found = document.querySelector<HTMLElement>(`[data-task="${task}"]`);
  if (!found) throw new Error(`${task} is not drawn`);
  return found;
};

/** By keyboard; a mouse may be about to drag, for which d3 wants more of an event than jsdom has. */
async function press(task: string): Promise<void> {
  within(node(task)).getByRole('button').focus();
  await userEvent.keyboard('{Enter}');
}

beforeEach(() => {
  giveSize(1_000, 600);
  // jsdom has no such function.
  Element.prototype.scrollTo = () => undefined;
});
afterEach(() => jest.restoreAllMocks());

describe('the graph of a DAG', () => {
  it('shows the tasks as they stand in the newest run, or in the one that is chosen', async () => {
    gridPortal(given, '?tab=graph');
    await screen.findByRole('group', { name: 'Tasks of load_orders' });
    await waitFor(() => expect(node('load')).toHaveTextContent('failed'));
    expect(node('extract')).toHaveTextContent('PythonOperator · 10s');
    expect(document.querySelectorAll('[data-kind="graph-edge"]')).toHaveLength(
      4,
    );
    await userEvent.click(screen.getByRole('button', { name: /run-2.*Run/ }));
    await userEvent.click(await screen.findByRole('option', { name: /run-1/ }));
    await waitFor(() => expect(node('extract')).toHaveTextContent('5s'));
    expect(node('load')).not.toHaveTextContent('failed');
  });

  it('tells what the run took as long for as it did', async () => {
    gridPortal(given, '?tab=graph');
    await waitFor(() => expect(node('load')).toHaveTextContent('failed'));
    await userEvent.click(
      screen.getByRole('switch', { name: 'Critical path' }),
    );
    expect(
      await screen.findByText(
        'The run took as long as extract (10s) → quality.totals (30s) → load (5s).',
      ),
    ).toBeInTheDocument();
    expect(node('quality.totals')).toHaveAttribute('data-critical', 'true');
    expect(node('quality.nulls')).toHaveAttribute('data-critical', 'false');
  });

  it('folds a group into one node, and finds tasks', async () => {
    gridPortal(given, '?tab=graph');
    await waitFor(() => expect(node('load')).toHaveTextContent('failed'));
    await press('quality');
    expect(node('quality')).toHaveTextContent('2 tasks');
    expect(document.querySelectorAll('[data-kind="graph-edge"]')).toHaveLength(
      2,
    );
    await userEvent.type(screen.getByRole('searchbox'), 'extr');
    await waitFor(() =>
      expect(node('load')).toHaveAttribute('data-faint', 'true'),
    );
    expect(node('extract')).toHaveAttribute('data-faint', 'false');
  });

  it('opens a task of the run, on the page of the run too', async () => {
    gridPortal(
      { ...given, tries: () => [instanceOf('load', { state: 'failed' })] },
      '/runs/run-2?tab=graph',
    );
    await waitFor(() => expect(node('load')).toHaveTextContent('failed'));
    await press('load');
    const drawer = await screen.findByRole('complementary', { name: 'load' });
    expect(
      await within(drawer).findByRole('link', { name: 'Read its log' }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('/runs/run-2/tasks/load'),
    );
    expect(drawer).toHaveTextContent('Waited in the queue1s');
  });
});

describe('the Gantt chart', () => {
  const mapped = (mapIndex: number, from: number, to: number) =>
    instanceOf('mapped', {
      mapIndex,
      queuedAt: momentAt(from * 1_000),
      startedAt: momentAt(from * 1_000),
      endedAt: momentAt(to * 1_000),
    });
  const instances = [
    mapped(0, 30, 40),
    mapped(1, 20, 35),
    instanceOf('extract', {
      tryNumber: 2,
      queuedAt: momentAt(5_000),
      startedAt: momentAt(10_000),
      endedAt: momentAt(20_000),
    }),
  ];
  const rows = () =>
    [...document.querySelectorAll<HTMLElement>('[data-kind="gantt-row"]')].map(
      row => row.textContent,
    );
  const bars = (task: string) =>
    [
      ...document.querySelectorAll<HTMLElement>(
        `[data-kind="gantt-row"][data-task="${task}"] [data-kind="gantt-bar"]`,
      ),
    ].map(bar => bar.title.split(',')[0]);

  it('shows tasks in the order of their begin, mapped ones as one until they are unfolded', async () => {
    gridPortal({ ...given, instances }, '/runs/run-2?tab=gantt');
    await screen.findByRole('region', { name: 'Tasks of run-2 over time' });
    await waitFor(() =>
      expect(rows()).toEqual(['✔ extract 2 tries', '▸✔ mapped [2]']),
    );
    const wait = document.querySelector<HTMLElement>(
      '[data-kind="gantt-wait"]',
    );
    expect(wait).toHaveAttribute('title', 'waited 5s');
    // The chart begins with the wait, and ends 35 seconds later.
    expect(wait?.style.left).toBe('0%');
    await userEvent.click(
      screen.getByRole('button', { name: 'Instances of mapped' }),
    );
    expect(rows().slice(1)).toEqual(['▾✔ mapped [2]', '✔ [1]', '✔ [0]']);
  });

  it('asks for earlier tries only when they are wanted, and of what was tried again', async () => {
    const { askedOf } = gridPortal(
      {
        ...given,
        instances,
        tries: () => [
          instanceOf('extract', { tryNumber: 1, state: 'failed' }),
          instanceOf('extract', { tryNumber: 2 }),
        ],
      },
      '?tab=gantt',
    );
    await waitFor(() => expect(bars('extract')).toEqual(['try 2: success']));
    expect(askedOf('listTaskTries')).toEqual([]);
    await userEvent.click(
      screen.getByRole('switch', { name: 'Earlier tries (1 task)' }),
    );
    await waitFor(() =>
      expect(bars('extract')).toEqual(['try 1: failed', 'try 2: success']),
    );
    expect(askedOf('listTaskTries')).toMatchObject([
      { params: { taskId: 'extract' } },
    ]);
  });

  it('says when nothing has begun', async () => {
    gridPortal(
      {
        ...given,
        instances: [
          instanceOf('extract', {
            state: 'none',
            tryNumber: 0,
            queuedAt: null,
            startedAt: null,
            endedAt: null,
          }),
        ],
      },
      '?tab=gantt',
    );
    expect(
      await screen.findByText('Nothing of this run has begun yet.'),
    ).toBeInTheDocument();
  });
});
