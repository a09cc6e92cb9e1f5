import type {
  Cluster,
  DagDetails,
  DagParam,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { actionPortal, bodies, nightly } from '../../../__testUtils__/actions';
import { dagDetailsOf, dagPageOf } from '../../../__testUtils__/dags';
import { refuses, type Answers } from '../../../__testUtils__/fakeApi';
import { AirflowApiError } from '../../../data/api';

const params: DagParam[] = [
  {
    name: 'rows',
    value: '100',
    description: 'At most',
    schema: '{"type":"integer","minimum":1}',
  },
  {
    name: 'shops',
    value: '["berlin"]',
    description: null,
    schema: '{"type":"array","items":{"type":"string"}}',
  },
];

const openDag = (answers: Answers = {}, cluster: Partial<Cluster> = {}) =>
  actionPortal(
    '',
    { getDagDetails: () => dagDetailsOf({ params }), ...answers },
    { cluster },
  );

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
    const { askedOf } = openDag({ triggerDag: () => nightly });
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
    expect(bodies(askedOf('triggerDag'))).toEqual([
      { conf: JSON.stringify(conf) },
    ]);
  });

  it('takes JSON too, and refuses what is none', async () => {
    const { askedOf } = openDag({ triggerDag: () => nightly });
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
        { conf: '{"rows": 9, "other": [1]}' },
      ]),
    );
  });

  it('starts as an earlier run was', async () => {
    const { askedOf } = openDag({ triggerDag: () => nightly });
    const dialog = await trigger();
    await userEvent.click(
      await dialog.findByRole('button', { name: /of an earlier run/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'nightly' }),
    );
    await waitFor(() => expect(dialog.getByLabelText(/rows/)).toHaveValue('7'));
    await userEvent.click(submit(dialog));
    await waitFor(() =>
      expect(bodies(askedOf('triggerDag'))).toEqual([
        { conf: '{"rows":7,"extra":true}' },
      ]),
    );
  });

  it('says that the run of a paused DAG waits, and unpauses it too', async () => {
    const { askedOf } = openDag({
      getDag: ({ params: { cluster } }) =>
        dagPageOf({ cluster: String(cluster), dagId: 'report', paused: true }),
      triggerDag: () => nightly,
    });
    const dialog = await trigger();
    expect(await dialog.findByText(/will wait until it is/)).toBeVisible();
    await userEvent.click(dialog.getByRole('checkbox', { name: /Unpause/ }));
    await userEvent.click(submit(dialog));
    await waitFor(() =>
      expect(bodies(askedOf('triggerDag'))).toEqual([
        { conf: '{}', unpause: true },
      ]),
    );
  });

  it('starts nothing in production without a reason', async () => {
    const { askedOf } = openDag(
      { triggerDag: () => nightly },
      { environment: 'production' },
    );
    const dialog = await trigger();
    expect(submit(dialog)).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/Reason/), ' late data ');
    await userEvent.click(submit(dialog));
    await waitFor(() =>
      expect(bodies(askedOf('triggerDag'))).toEqual([
        { conf: '{}', reason: 'late data' },
      ]),
    );
  });

  it('refuses a run id that Airflow would choke on', async () => {
    openDag();
    const dialog = await trigger();
    await userEvent.click(dialog.getByText('Run id, logical date, note'));
    await userEvent.type(dialog.getByLabelText('Run id'), 'a/b');
    expect(await dialog.findByText(/Letters, digits/)).toBeInTheDocument();
    expect(submit(dialog)).toBeDisabled();
  });
});

describe('the form that triggers, while Airflow cannot be read', () => {
  beforeEach(() => jest.useFakeTimers({ advanceTimers: true }));
  afterEach(() => jest.useRealTimers());

  const later = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
  const outage = (): never => {
    throw new AirflowApiError(504, {
      code: 'timeout',
      message: 'Airflow took too long',
    });
  };
  const open = async (failure: () => never) => {
    let answer: () => DagDetails = failure;
    const { askedOf } = openDag({ getDagDetails: () => answer() });
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    await user.click(await screen.findByRole('button', { name: 'Trigger' }));
    await later(1_500);
    return {
      user,
      asked: () => askedOf('getDagDetails').length,
      mend: (next: () => DagDetails) => {
        answer = next;
      },
    };
  };
  const failed = () => screen.queryByText('The params could not be loaded');
  const rows = () => screen.queryByLabelText(/rows/);

  it('says why until it is there, and asks again by itself', async () => {
    const { asked, mend } = await open(outage);
    expect(screen.getByText(/Airflow took too long/)).toBeVisible();
    expect(asked()).toBe(2);
    for (let tenths = 0; tenths < 170; tenths += 1) {
      await later(100);
      expect(failed()).toBeVisible();
    }
    expect(asked()).toBe(4);
    mend(() => dagDetailsOf({ params }));
    await later(15_500);
    expect(rows()).toBeVisible();
    expect(failed()).toBeNull();
  });

  it('asks a portal that was asked too often later, and not more often', async () => {
    const { asked, mend } = await open(() => {
      throw new AirflowApiError(429, {
        code: 'too-many-requests',
        message: 'You asked too much',
      });
    });
    expect(asked()).toBe(1);
    mend(() => dagDetailsOf({ params }));
    await later(15_500);
    expect(rows()).toBeVisible();
  });

  it('waits for no refusal to change', async () => {
    const { asked, user, mend } = await open(refuses('You may not'));
    await later(60_000);
    expect(asked()).toBe(1);
    mend(() => dagDetailsOf({ params }));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await later(0);
    expect(rows()).toBeVisible();
  });
});
