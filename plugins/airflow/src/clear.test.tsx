import {
  clearBodySchema,
  type ClearBody,
  type ClearedTask,
  type TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import airflowPlugin, { AirflowApiError, airflowApiRef } from '.';
import { fakeApi, type Given } from './__testUtils__/fakeApi';

const AT = '2026-11-23T02:00:00.000Z';
const run = {
  cluster: 'prod-eu',
  dagId: 'load_orders',
  runId: 'nightly',
  state: 'failed',
  type: 'scheduled',
  logicalDate: AT,
  runAfter: AT,
  dueAt: AT,
  queuedAt: AT,
  startedAt: AT,
  endedAt: AT,
  durationMs: 0,
  triggeredBy: null,
  triggeringUser: null,
  note: null,
  conf: {},
  dataIntervalStart: null,
  dataIntervalEnd: null,
  webUrl: 'http://airflow.example',
  stale: false,
  usualDurationMs: null,
};

const dag = {
  cluster: 'prod-eu',
  dagId: 'load_orders',
  displayName: 'load_orders',
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
  webUrl: 'http://airflow.example',
  recentRuns: [],
  zone: null,
  successRate: null,
  usualDurationMs: null,
};

const instance = (
  taskId: string,
  state: TaskInstance['state'],
  mapIndex = -1,
): TaskInstance => ({
  dagId: 'load_orders',
  runId: 'nightly',
  taskId,
  mapIndex,
  displayName: taskId,
  mapLabel: null,
  state,
  tryNumber: 1,
  maxTries: 0,
  operator: null,
  pool: null,
  queue: null,
  hostname: null,
  queuedAt: null,
  startedAt: AT,
  endedAt: AT,
  durationMs: 0,
  note: null,
});

const cluster = {
  name: 'prod-eu',
  title: 'Production EU',
  environment: 'production',
  owner: null,
  tags: [],
  readOnly: false,
  webUrl: 'http://airflow.example',
  airflowVersion: '3.3.2',
  apiVersion: 'v2',
  capabilities: [],
  status: 'healthy',
  problem: null,
  components: [],
  counts: null,
  collections: [],
};

/** Decisions about a DAG are remembered beyond a test, so each has a DAG of its own. */
let portals = 0;

/** What the dialog asked for, as the body of the endpoint. */
const bodyOf = ({ body }: Given) => clearBodySchema.parse(body);

function portal(
  options: {
    tasks?: TaskInstance[];
    clears?: (body: ClearBody) => ClearedTask[];
    cluster?: object;
    mayClear?: boolean;
    isPaused?: boolean;
  } = {},
) {
  const {
    tasks = [
      instance('read', 'success'),
      instance('load', 'failed'),
      instance('report', 'upstream_failed'),
    ],
    clears = ({ onlyFailed }) =>
      tasks.filter(({ state }) => !onlyFailed || state !== 'success'),
    mayClear = true,
    isPaused = false,
  } = options;
  const posted: unknown[] = [];
  portals += 1;
  const dagId = `load_orders_${portals}`;
  const { api, askedOf } = fakeApi({
    getRun: () => ({ ...run, dagId }),
    getDag: () => ({ ...dag, paused: isPaused }),
    listTaskInstances: () => ({ items: tasks, skippedRows: 0 }),
    listClusters: () => ({ items: [{ ...cluster, ...options.cluster }] }),
    clearRun: given => {
      const body = bodyOf(given);
      return { dryRun: body.dryRun, items: clears(body) };
    },
  });
  renderTestApp({
    features: [airflowPlugin],
    initialRouteEntries: [
      `/airflow/clusters/prod-eu/dags/${dagId}/runs/nightly`,
    ],
    apis: [
      [airflowApiRef, api],
      [
        toastApiRef,
        {
          post: ({ title }) => {
            posted.push(title);
            return { close: () => undefined };
          },
        },
      ],
      mockApis.permission({
        authorize: ({ permission }) =>
          permission.name === 'airflow.run.clear' && !mayClear
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }),
    ],
  });
  return {
    posted,
    askedOf,
    dryRuns: () =>
      askedOf('clearRun')
        .map(bodyOf)
        .filter(body => body.dryRun),
    deeds: () =>
      askedOf('clearRun')
        .map(bodyOf)
        .filter(body => !body.dryRun),
  };
}

async function open(button: string | RegExp) {
  await waitFor(async () =>
    expect(await screen.findByRole('button', { name: button })).toBeEnabled(),
  );
  await userEvent.click(screen.getByRole('button', { name: button }));
  return within(await screen.findByRole('dialog'));
}

const groups = () =>
  [...document.querySelectorAll('[data-kind="clear-group"]')].map(
    group => group.textContent,
  );

describe('the dialog that clears', () => {
  it('shows what will run again, asks why, clears it and says so', async () => {
    const { dryRuns, deeds, posted, askedOf } = portal();
    const dialog = await open('Clear…');
    const confirm = await dialog.findByRole('button', {
      name: 'Clear 2 task instances',
    });
    expect(groups()).toEqual([
      expect.stringMatching(/failed · 1load/),
      expect.stringMatching(/upstream failed · 1report/),
    ]);
    expect(confirm).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/Reason/), 'ok');
    expect(confirm).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/Reason/), ', it is back ');
    expect(deeds()).toEqual([]);
    const readBefore = askedOf('getRun').length;
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(deeds()).toEqual([
      {
        downstream: false,
        onlyFailed: true,
        dryRun: false,
        reason: 'ok, it is back',
      },
    ]);
    expect(posted).toEqual([
      expect.stringMatching(/^Cleared 2 task instances of load_orders/),
    ]);
    await waitFor(() =>
      expect(askedOf('getRun').length).toBeGreaterThan(readBefore),
    );
    expect(dryRuns()).toHaveLength(1);
  });

  it('asks anew for each choice', async () => {
    const { dryRuns } = portal();
    const dialog = await open('Clear from here…');
    await dialog.findByRole('button', { name: 'Clear 3 task instances' });
    await userEvent.click(dialog.getByRole('radio', { name: /what failed/ }));
    await dialog.findByRole('button', { name: 'Clear 2 task instances' });
    await userEvent.click(dialog.getByRole('radio', { name: /but load/ }));
    await waitFor(() => expect(dryRuns()).toHaveLength(3));
    const tasks = [{ taskId: 'load', mapIndex: -1 }];
    expect(dryRuns()).toEqual([
      { tasks, downstream: true, onlyFailed: false, dryRun: true },
      { downstream: false, onlyFailed: true, dryRun: true },
      { tasks, downstream: false, onlyFailed: false, dryRun: true },
    ]);
  });

  it.each([
    [
      'v1',
      { taskId: 'load', mapIndex: null },
      /every instance of load, and all/,
    ],
    ['v2', { taskId: 'load', mapIndex: 2 }, /load \[2\], and all/],
  ])(
    'clears a mapped task as %s can, and says so',
    async (apiVersion, task, words) => {
      const { dryRuns } = portal({
        tasks: [instance('load', 'failed', 2)],
        cluster: { apiVersion },
      });
      const dialog = await open('Clear from here…');
      expect(dialog.getByRole('radio', { name: words })).toBeChecked();
      await waitFor(() => expect(dryRuns()).toHaveLength(1));
      expect(dryRuns()[0].tasks).toEqual([task]);
    },
  );

  it('names a hundred, counts the rest, and says what Airflow does not tell', async () => {
    const untold = { taskId: 'load', mapIndex: null, state: null };
    portal({ clears: () => Array.from({ length: 130 }, () => untold) });
    const dialog = await open('Clear…');
    await dialog.findByRole('button', { name: 'Clear 130 task instances' });
    expect(groups()).toEqual([
      expect.stringMatching(/state not told by Airflow · 130(load){100}$/),
    ]);
    expect(dialog.getByText('and 30 more')).toBeInTheDocument();
  });

  it('says that a paused DAG runs nothing, and that what runs is stopped', async () => {
    portal({
      isPaused: true,
      clears: () => [instance('load', 'running'), instance('read', 'success')],
    });
    const dialog = await open('Clear…');
    expect(await dialog.findByText(/DAG is paused/)).toBeInTheDocument();
    expect(dialog.getByText(/will be stopped/)).toBeInTheDocument();
    expect(groups()).toEqual([
      expect.stringMatching(/running · 1load/),
      expect.stringMatching(/success · 1read/),
    ]);
  });

  it('offers nothing where nothing matches', async () => {
    portal({ clears: () => [] });
    const dialog = await open('Clear…');
    expect(await dialog.findByText(/nothing to clear/)).toBeInTheDocument();
    await userEvent.type(dialog.getByLabelText(/Reason/), 'for good measure');
    expect(dialog.getByRole('button', { name: 'Clear' })).toBeDisabled();
  });

  it('keeps what was typed when the deed is refused, and says why', async () => {
    portal({
      clears: ({ dryRun }) => {
        if (dryRun) return [instance('load', 'failed')];
        throw new AirflowApiError(502, {
          code: 'forbidden',
          message: "The portal's user may not do this on cluster prod-eu",
          hint: 'Give it a role that may.',
        });
      },
    });
    const dialog = await open('Clear…');
    await userEvent.type(dialog.getByLabelText(/Reason/), 'it is back');
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Clear 1 task instance' }),
    );
    expect(
      await dialog.findByText(/may not do this.*Give it a role/),
    ).toBeInTheDocument();
    expect(dialog.getByLabelText(/Reason/)).toHaveValue('it is back');
  });

  it('says in the dialog why nothing can be told', async () => {
    portal({
      clears: () => {
        throw new AirflowApiError(400, {
          code: 'unsupported',
          message: 'Airflow 2 cannot do that',
          hint: 'Clear it whole.',
        });
      },
    });
    const dialog = await open('Clear…');
    expect(
      await dialog.findByText(/cannot do that Clear it whole/),
    ).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Clear' })).toBeDisabled();
  });

  it.each([
    ['who may not clear', { mayClear: false }],
    ['a cluster that is read-only', { cluster: { readOnly: true } }],
  ])('does not open for %s', async (_, options) => {
    const { askedOf } = portal(options);
    const buttons = await screen.findAllByRole('button', { name: /^Clear/ });
    await waitFor(() => expect(askedOf('listClusters')).toHaveLength(1));
    for (const button of buttons) {
      await waitFor(() => expect(button).toBeDisabled());
    }
  });

  it('opens, is filled in and is left by the keyboard', async () => {
    const { deeds } = portal();
    const button = await screen.findByRole('button', { name: 'Clear…' });
    await waitFor(() => expect(button).toBeEnabled());
    button.focus();
    await userEvent.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByRole('button', { name: 'Clear 2 task instances' });
    // Past the cross of the dialog.
    await userEvent.tab();
    await userEvent.tab();
    expect(dialog.getByRole('radio', { name: /what failed/ })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await dialog.findByRole('button', { name: 'Clear 3 task instances' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await waitFor(() => expect(button).toHaveFocus());
    expect(deeds()).toEqual([]);
  });
});
