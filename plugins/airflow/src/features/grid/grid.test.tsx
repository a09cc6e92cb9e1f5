import type { TaskSummary } from '@airflow-fleet/backstage-plugin-airflow-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { bodies, choose } from '../../__testUtils__/actions';
import { giveSize, gridPortal, runAt } from '../../__testUtils__/grid';
import {
  instanceOf,
  structureOf,
  taskOf,
  triesOf,
} from '../../__testUtils__/tasks';

const groups = [{ groupId: 'quality', label: 'quality', parentId: null }];
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
    taskOf('load', ['quality.nulls', 'quality.totals'], { isMapped: true }),
  ],
  groups,
);
const runs = [
  runAt(3, { state: 'failed', durationMs: 30_000 }),
  runAt(2),
  runAt(1),
];
const good: TaskSummary[] = [
  { taskId: 'extract', state: 'success' },
  { taskId: 'quality.nulls', state: 'success' },
  { taskId: 'quality.totals', state: 'success' },
  { taskId: 'load', state: 'success', counts: { success: 50 } },
];
const bad: TaskSummary[] = [
  { taskId: 'extract', state: 'success', tryNumber: 2, hasNote: true },
  { taskId: 'quality.nulls', state: 'failed' },
  { taskId: 'quality.totals', state: 'success' },
  { taskId: 'load', state: 'upstream_failed' },
  { taskId: 'dropped', state: 'success' },
];
const given = {
  structure,
  runs,
  summaries: (runId: string) => (runId === 'run-3' ? bad : good),
};

const names = () =>
  screen.getAllByRole('rowheader').map(({ textContent }) => textContent);
const cell = (task: string, run: string) =>
  document.querySelector(
    `[data-kind="grid-cell"][data-task="${task}"][data-run="${run}"]`,
  );

beforeEach(() => giveSize(1_000, 600));
afterEach(() => jest.restoreAllMocks());

describe('the grid of a DAG', () => {
  it('shows every task and group by run, from a tab of its own that g opens', async () => {
    const { askedOf } = gridPortal(given, '');
    await screen.findByText('Recent runs');
    await userEvent.keyboard('g');
    await screen.findByRole('grid');
    await waitFor(() => expect(cell('extract', 'run-1')).toBeInTheDocument());
    expect(screen.getByRole('link', { name: 'Grid' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    expect(names()).toEqual([
      'extract',
      '▾ quality',
      'nulls',
      'totals',
      'load [ ]',
      // A run still tells of it, the DAG does not.
      'dropped',
    ]);
    expect(cell('quality', 'run-3')).toHaveAccessibleName(
      'quality: 1 success, 1 failed',
    );
    expect(cell('load', 'run-2')).toHaveAccessibleName('load: 50 success');
    expect(cell('extract', 'run-3')).toHaveAccessibleName(
      'extract: success, try 2, has a note',
    );
    expect(cell('dropped', 'run-1')).toBeNull();
    expect(
      screen.getByRole('link', { name: /run-3.*failed, 30s/ }),
    ).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/load_orders/runs/run-3',
    );
    // All runs in one question.
    expect(askedOf('listTaskSummaries')).toMatchObject([
      { query: { runId: ['run-3', 'run-2', 'run-1'] } },
    ]);
  });

  it('folds groups, and finds tasks also in folded ones', async () => {
    gridPortal(given, '?tab=grid');
    await userEvent.click(
      await screen.findByRole('button', { name: 'quality' }),
    );
    expect(names()).toEqual(['extract', '▸ quality', 'load [ ]', 'dropped']);
    await userEvent.type(screen.getByRole('searchbox'), 'NULL');
    await waitFor(() => expect(names()).toEqual(['nulls']));
  });

  it('opens what there is to know of a task in a run, from the keyboard too', async () => {
    gridPortal(given, '?tab=grid');
    const grid = await screen.findByRole('grid');
    await waitFor(() => expect(cell('extract', 'run-3')).toBeInTheDocument());
    grid.focus();
    // The newest run is where the keyboard begins; one to the left is the run before.
    await userEvent.keyboard('{ArrowDown}{ArrowUp}{ArrowLeft}');
    expect(cell('extract', 'run-2')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    const drawer = await screen.findByRole('complementary', {
      name: 'extract',
    });
    expect(
      await within(drawer).findByRole('link', { name: 'Read its log' }),
    ).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/load_orders/runs/run-2/tasks/extract?try=1',
    );
    expect(
      within(drawer).getByRole('button', { name: 'Clear…' }),
    ).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(drawer).not.toBeInTheDocument();
    expect(cell('extract', 'run-2')).toHaveFocus();
  });

  it('tells in the drawer what a task failed with and what was noted, and lets it be marked and noted', async () => {
    const failed = instanceOf('quality.nulls', {
      runId: 'run-3',
      state: 'failed',
      tryNumber: 2,
      note: 'ask the warehouse team',
    });
    const { askedOf } = gridPortal(
      given,
      '?tab=grid&run=run-3&task=quality.nulls',
      {
        listTaskTries: () => triesOf(failed, [failed]),
        getTaskError: () => ({
          exception: 'ValueError: 12 nulls',
          excerpt: [],
          line: 7,
          isWhole: true,
          isReading: false,
        }),
        markTasks: () => ({ dryRun: true, items: [] }),
        setTaskNote: () => ({ ...failed, note: 'solved' }),
      },
    );
    const drawer = within(
      await screen.findByRole('complementary', { name: 'quality.nulls' }),
    );
    expect(await drawer.findByText('ValueError: 12 nulls')).toBeVisible();
    expect(drawer.getByText('ask the warehouse team')).toBeVisible();
    expect(drawer.getByText('in attempt 2 of 3')).toBeVisible();
    expect(drawer.getByText('5s')).toBeVisible();
    await choose('More for quality.nulls', 'Mark as success…');
    await screen.findByText(/marked as success already/);
    expect(askedOf('markTasks')).toMatchObject([
      {
        params: { runId: 'run-3' },
        body: { tasks: [{ taskId: 'quality.nulls', mapIndex: -1 }] },
      },
    ]);
    await userEvent.keyboard('{Escape}');
    await choose('More for quality.nulls', 'Change the note…');
    const note = await screen.findByRole('textbox', { name: 'Note' });
    await userEvent.clear(note);
    await userEvent.type(note, 'solved');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(bodies(askedOf('setTaskNote'))).toEqual([
        { note: 'solved', mapIndex: -1 },
      ]),
    );
  });

  it('marks every instance of a mapped task from the drawer', async () => {
    const { askedOf } = gridPortal(given, '?tab=grid&run=run-2&task=load', {
      markTasks: () => ({ dryRun: true, items: [] }),
    });
    await choose('More for every instance of load', 'Mark as failed…');
    await screen.findByText(/marked as failed already/);
    expect(bodies(askedOf('markTasks'))).toMatchObject([
      { tasks: [{ taskId: 'load', mapIndex: null }], state: 'failed' },
    ]);
  });

  it('shows at once the drawer that a link leads to', async () => {
    gridPortal(given, '?tab=grid&run=run-3&task=quality');
    const drawer = await screen.findByRole('complementary', {
      name: 'quality',
    });
    expect(
      within(drawer)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(
      expect.arrayContaining([
        'quality.nulls ✖ failed',
        'quality.totals ✔ success',
      ]),
    );
  });

  it('draws only what is in view of 300 tasks in 100 runs, asking five runs at a time', async () => {
    const ids = Array.from({ length: 300 }, (_, i) => `task_${i}`);
    const { askedOf } = gridPortal(
      {
        structure: structureOf(ids.map(id => taskOf(id))),
        runs: Array.from({ length: 100 }, (_, i) => runAt(100 - i)),
        summaries: () => ids.map(taskId => ({ taskId, state: 'success' })),
      },
      '?tab=grid&runs=100',
    );
    const grid = await screen.findByRole('grid');
    await waitFor(() => expect(askedOf('listTaskSummaries')).toHaveLength(20));
    await waitFor(() =>
      expect(
        document.querySelectorAll('[data-kind="grid-cell"]').length,
      ).toBeGreaterThan(100),
    );
    expect(grid).toHaveAttribute('aria-rowcount', '301');
    expect(grid).toHaveAttribute('aria-colcount', '101');
    expect(
      document.querySelectorAll('[data-kind="grid-cell"]').length,
    ).toBeLessThan(2_000);
  });

  it('asks for as many runs at once as fill pages of Airflow', async () => {
    const { askedOf } = gridPortal(
      {
        structure: structureOf([taskOf('extract'), taskOf('load')]),
        runs: Array.from({ length: 100 }, (_, i) => runAt(100 - i)),
      },
      '?tab=grid&runs=100',
    );
    await waitFor(() => expect(askedOf('listTaskSummaries')).toHaveLength(4));
  });

  it('says so when the DAG has not run', async () => {
    gridPortal({ ...given, runs: [] }, '?tab=grid');
    expect(await screen.findByText(/No runs yet/)).toBeInTheDocument();
  });

  it('still shows the runs when the tasks of some cannot be read', async () => {
    gridPortal(
      {
        ...given,
        summaries: () => {
          throw new Error('Cluster prod-eu cannot be reached');
        },
      },
      '?tab=grid',
    );
    expect(await screen.findByText(/cannot be reached/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /run-3/ })).toBeInTheDocument();
  });
});

describe('the grid of a run', () => {
  it('shows it with the runs before it', async () => {
    const { askedOf } = gridPortal(given, '/runs/run-3?tab=grid');
    await waitFor(() => expect(cell('extract', 'run-3')).toBeInTheDocument());
    expect(askedOf('listRuns').at(-1)).toMatchObject({
      query: { runAfterTo: runs[0].runAfter },
    });
  });
});
