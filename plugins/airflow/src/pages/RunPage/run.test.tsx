import type {
  DagRun,
  TaskError,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { act, screen, within } from '@testing-library/react';
import { clusterOf, runOf, runPageOf } from '../../__testUtils__/dags';
import { refuses, type Answers } from '../../__testUtils__/fakeApi';
import { portal } from '../../__testUtils__/portal';
import { instanceOf, momentAt } from '../../__testUtils__/tasks';

const detailsOf = (run: Partial<DagRun>) =>
  runPageOf(runOf({ runId: 'nightly', ...run }));

const refused: TaskError = {
  exception: 'ConnectionRefusedError: db-1:5432',
  excerpt: [
    ...Array.from({ length: 20 }, (_, i) => `row ${i}`),
    'ConnectionRefusedError: db-1:5432',
  ],
  line: 412,
  isWhole: true,
  isReading: false,
};

const tasks = (...items: TaskInstance[]) => ({ items, skippedRows: 0 });
const extract = instanceOf('extract', { state: 'failed', tryNumber: 3 });

function open(answers: Answers, query = '') {
  const run = '/airflow/clusters/prod-eu/dags/load_orders/runs/nightly';
  return portal(`${run}${query}`, {
    listClusters: () => ({ items: [clusterOf()] }),
    getRun: () => detailsOf({ state: 'failed' }),
    listTaskInstances: () =>
      tasks(
        instanceOf('report', { state: 'failed', endedAt: momentAt(90_000) }),
        extract,
      ),
    listHumanInputs: () => ({ items: [] }),
    getTaskError: () => refused,
    ...answers,
  });
}

const failure = async () => {
  await screen.findByText(/failed first/);
  const [element] = document.querySelectorAll<HTMLElement>(
    '[data-kind="first-failure"]',
  );
  return within(element);
};

describe('the page of a run that failed', () => {
  it('begins with the task that failed first, its error, and the way to that line of its log', async () => {
    const { askedOf } = open({});
    const first = await failure();
    expect(first.getByText('✖ extract')).toBeVisible();
    expect(first.getByText(/after 3 attempts/)).toBeVisible();
    const [exception, excerpt] = await first.findAllByText(
      /ConnectionRefusedError/,
    );
    expect(exception).toHaveTextContent('ConnectionRefusedError: db-1:5432');
    expect(excerpt).toHaveTextContent(/^row 9 .* db-1:5432$/);
    expect(first.getByRole('link', { name: 'Read its log' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/tasks\/extract\?try=3&line=412$/),
    );
    expect(askedOf('getTaskError')).toMatchObject([
      { params: { taskId: 'extract' }, query: { mapIndex: -1, try: 3 } },
    ]);
  });

  it('names no more than the error above the other tabs', async () => {
    open({}, '?tab=conf');
    const first = await failure();
    expect(await first.findByText(/ConnectionRefusedError/)).toBeVisible();
    expect(first.queryByText(/row 9/)).not.toBeInTheDocument();
  });

  it('names the instance of a mapped task', async () => {
    open({
      listTaskInstances: () =>
        tasks(instanceOf('resize', { state: 'failed', mapIndex: 7 })),
    });
    const first = await failure();
    expect(first.getByText('✖ resize [7]')).toBeVisible();
    expect(first.getByRole('link', { name: 'Read its log' })).toHaveAttribute(
      'href',
      expect.stringContaining('/tasks/resize?map=7&try=1'),
    );
  });

  it('says when the log was not read to its end', async () => {
    open({ getTaskError: () => ({ ...refused, isWhole: false }) });
    expect(
      await screen.findByText(/could not be read to its end/),
    ).toBeVisible();
  });

  it('says why there is no error to show', async () => {
    open({
      getTaskError: refuses('You lack the permission airflow.dag.log.read'),
    });
    expect(
      await screen.findByText(/lack the permission airflow.dag.log.read/),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'Read its log' })).toBeVisible();
  });
});

describe('the page of a run whose log is long', () => {
  beforeEach(() => jest.useFakeTimers({ advanceTimers: true }));
  afterEach(() => jest.useRealTimers());

  it('shows what the log told so far, and the rest when it was read', async () => {
    let error: TaskError = {
      ...refused,
      exception: null,
      isWhole: false,
      isReading: true,
    };
    open({ getTaskError: () => error }, '?tab=conf');
    const first = await failure();
    expect(await first.findByText(/still being read/)).toBeVisible();
    expect(first.queryByText(/read to its end/)).toBeNull();
    error = refused;
    await act(() => jest.advanceTimersByTimeAsync(3_500));
    expect(await first.findByText(/ConnectionRefusedError/)).toBeVisible();
    expect(first.queryByText(/still being read/)).toBeNull();
  });
});

describe('the page of a run that goes on', () => {
  beforeEach(() => jest.useFakeTimers({ advanceTimers: true }));
  afterEach(() => jest.useRealTimers());

  it('shows its end, and then that of its last task, without a reload', async () => {
    let run = detailsOf({ state: 'running', endedAt: null, durationMs: null });
    let [report] = [instanceOf('report', { state: 'running', endedAt: null })];
    open({
      getRun: () => run,
      listTaskInstances: () => tasks(report),
    });
    const state = (kind: string) =>
      document.querySelector(`[data-kind="${kind}"]`)?.textContent;
    await screen.findByRole('link', { name: 'report' });
    expect(state('run-state')).toMatch(/running/);

    run = detailsOf({
      state: 'success',
      endedAt: new Date(Date.now()).toISOString(),
    });
    await act(() => jest.advanceTimersByTimeAsync(4_500));
    expect(state('run-state')).toMatch(/success/);

    // Airflow, or the portal's cache of it, may tell of the last task a moment later.
    report = instanceOf('report', { state: 'success' });
    await act(() => jest.advanceTimersByTimeAsync(4_500));
    const row = screen.getByRole('link', { name: 'report' }).closest('tr');
    expect(row).toHaveTextContent(/success/);
  });
});

describe('the facts of a run', () => {
  const terms = async () => {
    await screen.findByText('Type');
    return [...document.querySelectorAll('dt')].map(term => term.textContent);
  };

  it('say when it was due only where that is not its date', async () => {
    open({ getRun: () => detailsOf({}) });
    expect(await terms()).not.toContain('Due');
  });

  it('say when it was due, and for which date it is', async () => {
    const runAfter = '2026-11-24T02:00:00.000Z';
    open({ getRun: () => detailsOf({ runAfter }) });
    expect(await terms()).toEqual(
      expect.arrayContaining(['Due', 'Logical date']),
    );
  });

  it.each([
    [{ gone: true }, /Airflow does not tell it/],
    [{ stale: true }, /Airflow does not tell it/],
    [{}, 'Started without a configuration.'],
  ])(
    'say why there is no configuration of one that is %j',
    async (how, why) => {
      open({ getRun: () => ({ ...detailsOf({}), ...how }) }, '?tab=conf');
      expect(await screen.findByText(why)).toBeVisible();
    },
  );
});

describe('a run that people asked for', () => {
  const action = {
    id: 'd1',
    at: '2026-11-23T02:00:00.000Z',
    event: 'dag-trigger',
    who: 'user:default/ada',
    dagId: 'load_orders',
    runId: 'nightly',
    taskId: null,
    reason: 'late data',
    error: null,
  };
  const mark = { ...action, id: 'd2', event: 'run-mark', reason: null };

  it('names who it was, and not only the account of the portal', async () => {
    open({
      getRun: () => ({
        ...detailsOf({ state: 'failed', triggeringUser: 'admin' }),
        actions: [{ ...mark, error: 'Airflow refused it' }, action],
      }),
    });
    expect(
      await screen.findByText('ada (through the portal, as admin)'),
    ).toBeVisible();
    const done = within(
      screen.getByRole('table', { name: 'Done through the portal' }),
    );
    expect(done.getByText('late data')).toBeVisible();
    expect(done.getByText('✓ done')).toBeVisible();
    expect(done.getByText('✖ Airflow refused it')).toBeVisible();
  });

  it('says why it waits, and leads to what it waits for', async () => {
    open({
      getRun: () => ({
        ...detailsOf({ state: 'queued' }),
        waits: [
          { kind: 'paused' },
          {
            kind: 'max-active-runs',
            limit: 1,
            underWay: 1,
            runIds: ['evening'],
          },
        ],
      }),
    });
    expect(await screen.findByText(/its DAG is paused/)).toBeVisible();
    expect(screen.getByText(/max_active_runs, 1 of 1 under way/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'evening' })).toHaveAttribute(
      'href',
      expect.stringMatching(/load_orders\/runs\/evening$/),
    );
  });
});
