import type {
  LogEntry,
  TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { act, fireEvent, screen } from '@testing-library/react';
import type { Answers, Given } from '../../__testUtils__/fakeApi';
import { portal } from '../../__testUtils__/portal';
import { giveScrolling } from '../../__testUtils__/scrolling';
import { instanceOf, triesOf } from '../../__testUtils__/tasks';

const lineOf = (nr: number): LogEntry => ({
  kind: 'line',
  text: `row ${nr}`,
  level: nr === 50 ? 'error' : 'info',
  time: null,
  source: null,
});

/** A log that a task writes while it is looked at. */
let written = 0;
const log = ({ query }: Given) =>
  Array.from({ length: written }, (_, i) => lineOf(i + 1)).slice(
    Number(query.after ?? 0),
  );

/** The attempts of the task, the newest last. */
let states: TaskState[] = [];
const tries = () => {
  const items = states.map((state, i) =>
    instanceOf('extract', { state, tryNumber: i + 1 }),
  );
  return triesOf(items[items.length - 1], items);
};

function open(query = '', answers: Answers = {}) {
  return portal(
    `/airflow/clusters/prod-eu/dags/load_orders/runs/nightly/tasks/extract${query}`,
    {
      listClusters: () => ({ items: [] }),
      listTaskTries: tries,
      streamTaskLog: log,
      ...answers,
    },
  );
}

const later = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));
const lines = () => screen.findByRole('log');
const shown = (nr: number) => screen.queryByText(`row ${nr}`);
const followSwitch = () => screen.queryByRole('switch', { name: 'follow' });

beforeEach(() => {
  jest.useFakeTimers({ advanceTimers: true });
  giveScrolling();
  written = 200;
  states = ['running'];
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('the log of a task that runs', () => {
  it('shows the time as the log has it, where its zone has several meanings', async () => {
    states = ['failed'];
    const slow: LogEntry = {
      ...{ kind: 'line', text: '\x1b[31mslow\x1b[0m query', level: 'warning' },
      ...{ time: null, wallClock: '2024-07-01, 19:36:06 IST', source: null },
    };
    await open('', { streamTaskLog: () => [slow] });
    const row = await lines();
    expect(row).toHaveTextContent('2024-07-01, 19:36:06 ISTWARNINGslow query');
  });

  it('is followed to its end as it grows', async () => {
    open();
    await lines();
    await later(100);
    expect(shown(200)).toBeInTheDocument();
    written = 300;
    await later(3_500);
    expect(shown(300)).toBeInTheDocument();
    expect(shown(1)).not.toBeInTheDocument();
  });

  it('stays where the reader scrolls back to, until it is followed again', async () => {
    open();
    fireEvent.scroll(await lines(), { target: { scrollTop: 400 } });
    await later(100);
    expect(followSwitch()).not.toBeChecked();
    written = 300;
    await later(7_000);
    expect(shown(25)).toBeInTheDocument();
    expect(shown(300)).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('switch', { name: 'follow' }));
    await later(3_500);
    expect(shown(300)).toBeInTheDocument();
  });

  it('is read again after it could not be', async () => {
    let breaks = false;
    open('', {
      streamTaskLog: given => {
        if (breaks) throw new Error('Bad gateway');
        return log(given);
      },
    });
    await lines();
    breaks = true;
    await later(3_500);
    expect(screen.getByText(/The log could not be read/)).toBeInTheDocument();
    expect(shown(200)).toBeInTheDocument();
    breaks = false;
    written = 210;
    await later(3_500);
    expect(shown(210)).toBeInTheDocument();
    expect(screen.queryByText(/could not be read/)).not.toBeInTheDocument();
  });

  it('is not read while nobody looks at the page', async () => {
    const { askedOf } = open();
    await lines();
    jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const before = askedOf('streamTaskLog').length;
    await later(20_000);
    expect(askedOf('streamTaskLog')).toHaveLength(before);
  });

  it('is read to its end once the task has ended, and no longer followed', async () => {
    const { askedOf } = open();
    await lines();
    written = 320;
    states = ['success'];
    await later(5_000);
    expect(followSwitch()).not.toBeInTheDocument();
    expect(screen.getByText('320 lines')).toBeInTheDocument();
    const before = askedOf('streamTaskLog').length;
    await later(20_000);
    expect(askedOf('streamTaskLog')).toHaveLength(before);
  });

  it('gives way to the next attempt where it was followed', async () => {
    const { askedOf } = open();
    await lines();
    states = ['failed', 'running'];
    await later(5_000);
    expect(askedOf('streamTaskLog').at(-1)?.query).toMatchObject({ try: 2 });
    expect(followSwitch()).toBeChecked();
  });

  it('stays where it is being read, and says that another attempt has begun', async () => {
    const { askedOf } = open();
    fireEvent.scroll(await lines(), { target: { scrollTop: 400 } });
    states = ['failed', 'running'];
    await later(5_000);
    expect(askedOf('streamTaskLog').at(-1)?.query).toMatchObject({ try: 1 });
    expect(screen.getByText(/Try 2 is running now/)).toBeInTheDocument();
    fireEvent.click(screen.getByRole('link', { name: 'Follow it' }));
    await later(100);
    expect(askedOf('streamTaskLog').at(-1)?.query).toMatchObject({ try: 2 });
  });
});

describe('the log of a task that has ended', () => {
  beforeEach(() => {
    states = ['failed'];
  });

  it('begins at its first error', async () => {
    open();
    await lines();
    await later(100);
    expect(shown(50)?.closest('[data-kind="log-line"]')).toHaveAttribute(
      'data-target',
      'true',
    );
  });

  it('begins at the line that was linked to', async () => {
    open('?try=1&line=150');
    await lines();
    await later(100);
    expect(shown(150)?.closest('[data-kind="log-line"]')).toHaveAttribute(
      'data-target',
      'true',
    );
    expect(shown(50)).not.toBeInTheDocument();
  });
});
