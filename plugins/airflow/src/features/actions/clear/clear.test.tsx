import type {
  Cluster,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  clearBodySchema,
  type ClearBody,
  type ClearedTask,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AirflowApiError } from '../../..';
import {
  clusterOf,
  dagPageOf,
  runOf,
  runPageOf,
} from '../../../__testUtils__/dags';
import type { Given } from '../../../__testUtils__/fakeApi';
import { portal } from '../../../__testUtils__/portal';
import { instanceOf } from '../../../__testUtils__/tasks';

const instance = (
  taskId: string,
  state: TaskInstance['state'],
  mapIndex = -1,
) => instanceOf(taskId, { runId: 'nightly', state, mapIndex });

/** Decisions about a DAG are remembered beyond a test, so each has a DAG of its own. */
let portals = 0;

/** What the dialog asked for, as the body of the endpoint. */
const bodyOf = ({ body }: Given) => clearBodySchema.parse(body);

function openRun(
  options: {
    tasks?: TaskInstance[];
    clears?: (body: ClearBody) => ClearedTask[];
    cluster?: Partial<Cluster>;
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
  portals += 1;
  const dagId = `load_orders_${portals}`;
  const { askedOf, toasts } = portal(
    `/airflow/clusters/prod-eu/dags/${dagId}/runs/nightly`,
    {
      getRun: () =>
        runPageOf(runOf({ dagId, runId: 'nightly', state: 'failed' })),
      getDag: () => dagPageOf({ paused: isPaused }),
      listTaskInstances: () => ({ items: tasks, skippedRows: 0 }),
      listClusters: () => ({ items: [clusterOf(options.cluster)] }),
      clearRun: given => {
        const body = bodyOf(given);
        return { dryRun: body.dryRun, items: clears(body) };
      },
    },
    ({ permission }) => permission.name !== 'airflow.run.clear' || mayClear,
  );
  return {
    toasts,
    askedOf,
    dryRuns: () =>
      askedOf('clearRun')
        .map(bodyOf)
        .filter(body => body.dryRun),
    actions: () =>
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
    const { dryRuns, actions, toasts, askedOf } = openRun();
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
    expect(actions()).toEqual([]);
    const readBefore = askedOf('getRun').length;
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(actions()).toEqual([
      {
        downstream: false,
        onlyFailed: true,
        dryRun: false,
        reason: 'ok, it is back',
      },
    ]);
    expect(toasts).toEqual([
      expect.stringMatching(/^Cleared 2 task instances of load_orders/),
    ]);
    await waitFor(() =>
      expect(askedOf('getRun').length).toBeGreaterThan(readBefore),
    );
    expect(dryRuns()).toHaveLength(1);
  });

  it('asks anew for each choice', async () => {
    const { dryRuns } = openRun();
    const dialog = await open('Clear from here…');
    await dialog.findByRole('button', { name: 'Clear 3 task instances' });
    await userEvent.click(dialog.getByRole('radio', { name: /what failed/ }));
    await dialog.findByRole('button', { name: 'Clear 2 task instances' });
    await userEvent.click(dialog.getByRole('radio', { name: /Only load/ }));
    await waitFor(() => expect(dryRuns()).toHaveLength(3));
    const tasks = [{ taskId: 'load', mapIndex: -1 }];
    expect(dryRuns()).toEqual([
      { tasks, downstream: true, onlyFailed: false, dryRun: true },
      { downstream: false, onlyFailed: true, dryRun: true },
      { tasks, downstream: false, onlyFailed: false, dryRun: true },
    ]);
  });

  it.each<[Cluster['apiVersion'], object, RegExp]>([
    [
      'v1',
      { taskId: 'load', mapIndex: null },
      /every instance of load and everything/,
    ],
    ['v2', { taskId: 'load', mapIndex: 2 }, /load \[2\] and everything/],
  ])(
    'clears a mapped task as %s can, and says so',
    async (apiVersion, task, words) => {
      const { dryRuns } = openRun({
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
    openRun({ clears: () => Array.from({ length: 130 }, () => untold) });
    const dialog = await open('Clear…');
    await dialog.findByRole('button', { name: 'Clear 130 task instances' });
    expect(groups()).toEqual([
      expect.stringMatching(/state not told by Airflow · 130(load){100}$/),
    ]);
    expect(dialog.getByText('and 30 more')).toBeInTheDocument();
  });

  it('says that a paused DAG runs nothing, and that what runs is stopped', async () => {
    openRun({
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
    openRun({ clears: () => [] });
    const dialog = await open('Clear…');
    expect(await dialog.findByText(/nothing to clear/)).toBeInTheDocument();
    await userEvent.type(dialog.getByLabelText(/Reason/), 'for good measure');
    expect(dialog.getByRole('button', { name: 'Clear' })).toBeDisabled();
  });

  it('keeps what was typed when the action is refused, and says why', async () => {
    openRun({
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
    openRun({
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
      await dialog.findByText(/cannot do that\. Clear it whole/),
    ).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Clear' })).toBeDisabled();
  });

  it.each([
    ['who may not clear', { mayClear: false }],
    ['a cluster that is read-only', { cluster: { readOnly: true } }],
  ])('does not open for %s', async (_, options) => {
    const { askedOf } = openRun(options);
    const buttons = await screen.findAllByRole('button', { name: /^Clear/ });
    await waitFor(() => expect(askedOf('listClusters')).toHaveLength(1));
    for (const button of buttons) {
      await waitFor(() => expect(button).toBeDisabled());
    }
  });

  it('opens, is filled in and is left by the keyboard', async () => {
    const { actions } = openRun();
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
    expect(actions()).toEqual([]);
  });
});

describe('the dialog that clears, while Airflow cannot be read', () => {
  beforeEach(() => jest.useFakeTimers({ advanceTimers: true }));
  afterEach(() => jest.useRealTimers());

  const later = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

  it('says so until it can, and then what will run again', async () => {
    const down = new AirflowApiError(502, {
      code: 'unreachable',
      message: 'Nothing listens there',
    });
    let answer = (): ClearedTask[] => {
      throw down;
    };
    openRun({ clears: () => answer() });
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    const button = await screen.findByRole('button', { name: 'Clear…' });
    await later(500);
    await user.click(button);
    await later(1_500);
    const failed = () => screen.queryByText(/would be cleared cannot be told/);
    expect(failed()).toBeVisible();
    answer = () => [instance('load', 'failed')];
    await later(15_500);
    expect(groups()).toEqual([expect.stringMatching(/failed · 1load/)]);
    expect(failed()).toBeNull();
  });
});
