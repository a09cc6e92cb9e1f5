import type {
  Cluster,
  Dag,
  DagParam,
  DagRun,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AirflowApiError } from '.';
import { pageOf } from './__testUtils__/alerts';
import type { Answers, Given } from './__testUtils__/fakeApi';
import {
  giveSize,
  gridPortal,
  runAt,
  structureOf,
  taskOf,
} from './__testUtils__/grid';
import { portal } from './__testUtils__/portal';

jest.setTimeout(60_000);

const AT = '2026-11-23T02:00:00.000Z';

const run: DagRun = {
  cluster: 'test',
  dagId: 'report',
  runId: 'nightly',
  state: 'failed',
  type: 'manual',
  logicalDate: null,
  runAfter: AT,
  dueAt: AT,
  queuedAt: AT,
  startedAt: AT,
  endedAt: AT,
  durationMs: 1_000,
  triggeredBy: null,
  triggeringUser: null,
  note: null,
};

const dag: Dag = {
  cluster: 'test',
  dagId: 'report',
  displayName: 'report',
  description: null,
  paused: false,
  hasImportErrors: false,
  tags: [],
  owners: [],
  owner: null,
  schedule: { kind: 'none', expression: null, description: null },
  nextRunAt: null,
  fileLocation: null,
  lastParsedAt: null,
  maxActiveRuns: null,
  readAt: AT,
  goneAt: null,
};

const task: TaskInstance = {
  dagId: 'report',
  runId: 'nightly',
  taskId: 'load',
  mapIndex: -1,
  displayName: 'load',
  mapLabel: null,
  state: 'failed',
  tryNumber: 1,
  maxTries: 0,
  operator: null,
  pool: null,
  queue: null,
  hostname: null,
  queuedAt: AT,
  startedAt: AT,
  endedAt: AT,
  durationMs: 0,
  note: null,
};

const params: DagParam[] = [
  {
    name: 'rows',
    value: 100,
    description: 'At most',
    schema: { type: 'integer', minimum: 1 },
  },
  {
    name: 'shops',
    value: ['berlin'],
    description: null,
    schema: { type: 'array', items: { type: 'string' } },
  },
];

/** What is decided about a DAG is remembered beyond a test, so each has a cluster of its own. */
let clusters = 0;

function open(
  path: string,
  answers: Answers = {},
  options: { cluster?: Partial<Cluster>; may?: (name: string) => boolean } = {},
) {
  clusters += 1;
  const name = `test-${clusters}`;
  const cluster: Cluster = {
    name,
    title: name,
    environment: 'staging',
    owner: null,
    tags: [],
    readOnly: false,
    webUrl: 'http://airflow.example',
    airflowVersion: '3.3.2',
    apiVersion: 'v2',
    capabilities: ['backfills', 'human-in-the-loop', 'notes', 'reparse'],
    status: 'healthy',
    problem: null,
    components: [],
    counts: null,
    collections: [],
    ...options.cluster,
  };
  const { may = () => true } = options;
  return portal(
    `/airflow/clusters/${name}/dags/report${path}`,
    {
      listClusters: () => ({ items: [cluster] }),
      getDag: () => ({
        ...dag,
        cluster: name,
        webUrl: 'http://airflow.example',
        zone: null,
        recentRuns: [],
        successRate: null,
        usualDurationMs: null,
      }),
      getDagDetails: () => ({
        docMd: null,
        params,
        startDate: null,
        endDate: null,
        catchup: null,
        maxActiveTasks: null,
        runTimeoutSeconds: null,
        pausesAfterFailures: null,
        rendersNative: null,
        version: null,
        bundle: null,
        bundleVersion: null,
        parseDurationMs: null,
      }),
      listRuns: () => pageOf([{ ...run, cluster: name }]),
      listTaskCounts: () => ({ items: [] }),
      getRun: () => ({
        ...run,
        cluster: name,
        conf: { rows: 7, extra: true },
        dataIntervalStart: null,
        dataIntervalEnd: null,
        webUrl: 'http://airflow.example',
        stale: false,
        usualDurationMs: null,
      }),
      listTaskInstances: () => ({ items: [task], skippedRows: 0 }),
      listHumanInputs: () => ({ items: [] }),
      ...answers,
    },
    ({ permission }) => may(permission.name),
  );
}

const bodies = (given: Given[]) => given.map(({ body }) => body);

async function choose(of: string | RegExp, item: string | RegExp) {
  await userEvent.click(await screen.findByRole('button', { name: of }));
  const entry = await screen.findByRole('menuitem', { name: item });
  await userEvent.click(entry);
}

describe('the menu of a run', () => {
  it('says what marking does, marks, and reads the page again', async () => {
    const { askedOf } = open('/runs/nightly', {
      markRun: () => ({ ...run, state: 'success' }),
    });
    await choose('More for nightly', 'Mark as success…');
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/failed tasks too/)).toBeInTheDocument();
    const before = askedOf('getRun').length;
    await userEvent.type(dialog.getByLabelText(/Reason/), ' done by hand ');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Mark as success' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(bodies(askedOf('markRun'))).toEqual([
      { state: 'success', reason: 'done by hand' },
    ]);
    await waitFor(() =>
      expect(askedOf('getRun').length).toBeGreaterThan(before),
    );
  });

  it('needs a reason in production', async () => {
    const { askedOf } = open(
      '/runs/nightly',
      { deleteRun: () => ({}) },
      { cluster: { environment: 'production' } },
    );
    await choose('More for nightly', 'Delete…');
    const dialog = within(await screen.findByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Delete' });
    await waitFor(() => expect(confirm).toBeDisabled());
    await userEvent.type(dialog.getByLabelText(/Reason/), 'twice');
    await userEvent.click(confirm);
    await waitFor(() => expect(askedOf('deleteRun')).toHaveLength(1));
    // There is no run any more to stay on.
    expect(
      await screen.findByRole('heading', { name: 'report' }),
    ).toBeInTheDocument();
  });

  it('keeps what was typed when it is refused, and says why', async () => {
    open('/runs/nightly', {
      setRunNote: () => {
        throw new AirflowApiError(502, {
          code: 'forbidden',
          message: "The portal's user may not do this",
          hint: 'Give it a role that may.',
        });
      },
    });
    await choose('More for nightly', 'Write a note…');
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Note'), 'wait for the bank');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(
      await dialog.findByText(/may not do this Give it a role/),
    ).toBeInTheDocument();
    expect(dialog.getByLabelText('Note')).toHaveValue('wait for the bank');
  });

  it.each([
    ['who may not', {}, (name: string) => !name.startsWith('airflow.run.')],
    ['a cluster that is read-only', { readOnly: true }, () => true],
  ])('offers nothing to %s', async (_, cluster, may) => {
    open('/runs/nightly', {}, { cluster, may });
    await userEvent.click(
      await screen.findByRole('button', { name: 'More for nightly' }),
    );
    for (const item of await screen.findAllByRole('menuitem')) {
      await waitFor(() =>
        expect(item).toHaveAttribute('aria-disabled', 'true'),
      );
    }
  });
});

describe('the menu of a task', () => {
  const tries = {
    listTaskTries: () => ({
      instance: task,
      items: [],
      webUrl: 'http://airflow.example',
    }),
  };

  it('shows what will be marked before it marks', async () => {
    const { askedOf } = open('/runs/nightly/tasks/load', {
      ...tries,
      markTasks: ({ body }) => {
        const isBelow = JSON.stringify(body).includes('"downstream":true');
        const below = isBelow
          ? [{ taskId: 'mail', mapIndex: -1, state: 'upstream_failed' }]
          : [];
        return {
          dryRun: JSON.stringify(body).includes('"dryRun":true'),
          items: [{ taskId: 'load', mapIndex: -1, state: 'failed' }, ...below],
        };
      },
    });
    await choose('More for load', 'Mark as success…');
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByRole('button', { name: 'Mark 1 task instance' });
    await userEvent.click(
      dialog.getByRole('radio', { name: 'load, and all that comes after' }),
    );
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Mark 2 task instances' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(bodies(askedOf('markTasks')).at(-1)).toEqual({
      state: 'success',
      tasks: [{ taskId: 'load', mapIndex: -1 }],
      upstream: false,
      downstream: true,
      dryRun: false,
    });
  });

  it('says when all is so already', async () => {
    open('/runs/nightly/tasks/load', {
      ...tries,
      markTasks: () => ({ dryRun: true, items: [] }),
    });
    await choose('More for load', 'Mark as failed…');
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText(/marked as failed already/),
    ).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Mark' })).toBeDisabled();
  });
});

describe('the menu of a task group', () => {
  afterEach(() => jest.restoreAllMocks());

  it('clears and marks all that is in the group', async () => {
    giveSize(1_000, 600);
    const groups = [{ groupId: 'quality', label: 'quality', parentId: null }];
    const member = (name: string) =>
      taskOf(`quality.${name}`, [], { label: name, groupId: 'quality' });
    const summaries = ['nulls', 'totals'].map(name => ({
      taskId: `quality.${name}`,
      state: 'failed' as const,
    }));
    const { askedOf } = gridPortal(
      {
        structure: structureOf([member('nulls'), member('totals')], groups),
        runs: [runAt(1, { state: 'failed' })],
        summaries: () => summaries,
      },
      '?tab=grid',
      {
        markTasks: () => ({ dryRun: true, items: [] }),
        clearRun: () => ({ dryRun: true, items: [] }),
      },
    );
    const cell = await waitFor(() => {
      const found = document.querySelector(
        '[data-kind="grid-cell"][data-task="quality"]',
      );
      if (!found) throw new Error('The group is not drawn yet');
      return found;
    });
    await userEvent.click(cell);
    await choose('More for quality', 'Mark as success…');
    await screen.findByText(/marked as success already/);
    await userEvent.keyboard('{Escape}');
    await choose('More for quality', 'Clear…');
    await screen.findByText(/nothing to clear/);
    const tasks = ['quality.nulls', 'quality.totals'].map(taskId => ({
      taskId,
      mapIndex: null,
    }));
    expect(bodies(askedOf('markTasks'))).toMatchObject([
      { state: 'success', tasks },
    ]);
    expect(bodies(askedOf('clearRun'))).toMatchObject([
      { tasks, onlyFailed: true, downstream: false },
    ]);
  });
});

describe('the menu of a DAG', () => {
  it('deletes once the id was typed', async () => {
    const { askedOf } = open('', { deleteDag: () => ({}) });
    await choose('More for report', 'Delete in Airflow…');
    const dialog = within(await screen.findByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Delete' });
    const typed = dialog.getByLabelText('Type report to delete it');
    await userEvent.type(typed, 'repor');
    expect(confirm).toBeDisabled();
    await userEvent.type(typed, 't');
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(bodies(askedOf('deleteDag'))).toEqual([{ confirm: 'report' }]),
    );
  });
});

describe('the form that triggers', () => {
  const trigger = async () => {
    await userEvent.click(
      await screen.findByRole('button', { name: 'Trigger' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByLabelText(/rows/);
    return dialog;
  };
  const submit = (dialog: ReturnType<typeof within>) =>
    dialog.getByRole('button', { name: 'Trigger' });

  it('checks each param, keeps the JSON in step, and starts the run', async () => {
    const { askedOf } = open('', { triggerDag: () => run });
    const dialog = await trigger();
    const rows = dialog.getByLabelText(/rows/);
    expect(rows).toHaveValue('100');
    await userEvent.clear(rows);
    await userEvent.type(rows, '0');
    expect(
      await dialog.findByText('rows: It must be 1 or more'),
    ).toBeInTheDocument();
    expect(submit(dialog)).toBeDisabled();
    await userEvent.clear(rows);
    await userEvent.type(rows, '5');
    await userEvent.type(dialog.getByLabelText(/shops/), '\nparis');
    const json = dialog.getByLabelText('Configuration (JSON)');
    const conf = { rows: 5, shops: ['berlin', 'paris'] };
    expect(json).toHaveValue(JSON.stringify(conf, null, 2));
    await userEvent.click(submit(dialog));
    await waitFor(() => expect(askedOf('triggerDag')).toHaveLength(1));
    expect(bodies(askedOf('triggerDag'))).toEqual([{ conf }]);
  });

  it('takes JSON too, and refuses what is none', async () => {
    const { askedOf } = open('', { triggerDag: () => run });
    const dialog = await trigger();
    const json = dialog.getByLabelText('Configuration (JSON)');
    await userEvent.clear(json);
    await userEvent.type(json, '{{"rows": 9, "other": ');
    expect(await dialog.findByText(/not JSON/)).toBeInTheDocument();
    expect(submit(dialog)).toBeDisabled();
    await userEvent.type(json, '[[1]}');
    expect(dialog.getByLabelText(/rows/)).toHaveValue('9');
    await userEvent.click(submit(dialog));
    await waitFor(() =>
      expect(bodies(askedOf('triggerDag'))).toEqual([
        { conf: { rows: 9, other: [1] } },
      ]),
    );
  });

  it('starts as an earlier run was', async () => {
    const { askedOf } = open('', { triggerDag: () => run });
    const dialog = await trigger();
    await userEvent.click(
      await dialog.findByRole('button', { name: /Start as an earlier run/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'nightly' }),
    );
    await waitFor(() => expect(dialog.getByLabelText(/rows/)).toHaveValue('7'));
    await userEvent.click(submit(dialog));
    await waitFor(() =>
      expect(bodies(askedOf('triggerDag'))).toEqual([
        { conf: { rows: 7, extra: true } },
      ]),
    );
  });

  it('refuses a run id that Airflow would choke on', async () => {
    open('');
    const dialog = await trigger();
    await userEvent.click(dialog.getByText('Run id, logical date, note'));
    await userEvent.type(dialog.getByLabelText('Run id'), 'a/b');
    expect(await dialog.findByText(/Letters, digits/)).toBeInTheDocument();
    expect(submit(dialog)).toBeDisabled();
  });
});

describe('backfills', () => {
  const backfill = {
    id: 4,
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-03T00:00:00.000Z',
    paused: false,
    reprocess: 'none',
    maxActiveRuns: 2,
    createdAt: AT,
    completedAt: null,
  };

  it('are listed, and cancelled after a question', async () => {
    const { askedOf } = open('?tab=backfills', {
      listBackfills: () => ({ items: [backfill] }),
      changeBackfill: () => ({ ...backfill, completedAt: AT }),
    });
    expect(
      await screen.findByText(/2026-11-01 00:00 to 2026-11-03/),
    ).toBeInTheDocument();
    await choose('More for backfill 4', 'Cancel…');
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(
      dialog.getByRole('button', { name: 'Cancel the backfill' }),
    );
    await waitFor(() =>
      expect(askedOf('changeBackfill')).toMatchObject([
        { params: { backfillId: 4 }, body: { change: 'cancel' } },
      ]),
    );
  });

  it('show the dates that they would run before they start', async () => {
    const { askedOf } = open('?tab=backfills', {
      listBackfills: () => ({ items: [] }),
      createBackfill: ({ body }) => ({
        dates: ['2026-11-20T04:00:00Z', '2026-11-21T04:00:00Z'],
        backfill: JSON.stringify(body).includes('"dryRun":true')
          ? null
          : backfill,
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Start a backfill…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('2026-11-20 04:00')).toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Start 2 runs' }));
    await waitFor(() =>
      expect(bodies(askedOf('createBackfill')).at(-1)).toMatchObject({
        dryRun: false,
        reprocess: 'none',
        maxActiveRuns: 10,
      }),
    );
  });

  it('have no tab where Airflow has none', async () => {
    open('', {}, { cluster: { apiVersion: 'v1', capabilities: [] } });
    await screen.findByRole('link', { name: 'Runs' });
    expect(
      screen.queryByRole('link', { name: 'Backfills' }),
    ).not.toBeInTheDocument();
  });
});

describe('a task that asks', () => {
  const asked = {
    taskId: 'load',
    mapIndex: -1,
    displayName: 'load',
    subject: 'Raise the limit?',
    body: 'To **25,000** EUR',
    options: ['Approve', 'Reject'],
    defaults: [],
    multiple: false,
    params: [
      {
        name: 'limit',
        value: 25_000,
        description: null,
        schema: { type: 'integer' },
      },
    ],
    assignedTo: [],
    askedAt: AT,
    answer: null,
  };

  it('is pointed to on its run', async () => {
    open('/runs/nightly', { listHumanInputs: () => ({ items: [asked] }) });
    const link = await screen.findByRole('link', { name: 'Raise the limit?' });
    expect(link).toHaveAttribute(
      'href',
      expect.stringMatching(/\/runs\/nightly\/tasks\/load$/),
    );
  });

  it('is answered with what it asks for', async () => {
    const { askedOf } = open('/runs/nightly/tasks/load', {
      listTaskTries: () => ({
        instance: { ...task, state: 'awaiting_input' },
        items: [],
        webUrl: 'http://airflow.example',
      }),
      listHumanInputs: () => ({ items: [asked] }),
      answerHumanInput: () => ({}),
    });
    const answer = await screen.findByRole('button', { name: 'Answer' });
    expect(answer).toBeDisabled();
    await userEvent.click(screen.getByRole('radio', { name: 'Approve' }));
    const limit = screen.getByRole('textbox', { name: /limit/ });
    await userEvent.clear(limit);
    await userEvent.type(limit, '20000');
    await userEvent.click(answer);
    await waitFor(() =>
      expect(askedOf('answerHumanInput')).toMatchObject([
        {
          params: { taskId: 'load' },
          body: {
            mapIndex: -1,
            options: ['Approve'],
            params: { limit: 20_000 },
          },
        },
      ]),
    );
  });
});
