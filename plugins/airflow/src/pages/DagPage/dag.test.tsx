import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AirflowApiError } from '../..';
import { pageOf } from '../../__testUtils__/alerts';
import {
  clusterOf,
  dagDetailsOf,
  dagPageOf,
  runOf,
} from '../../__testUtils__/dags';
import type { Answers } from '../../__testUtils__/fakeApi';
import { portal } from '../../__testUtils__/portal';

const AT = '2026-11-23T02:00:00.000Z';

const details = dagDetailsOf({
  docMd: '# Orders\n\n<script>alert(1)</script> **bold**',
  params: [
    {
      name: 'rows',
      value: '5',
      description: null,
      schema: '{"type":"integer"}',
    },
  ],
  startDate: AT,
  endDate: null,
  catchup: false,
  maxActiveTasks: 16,
  runTimeoutSeconds: 7_200,
  pausesAfterFailures: 3,
  rendersNative: false,
  version: 4,
  bundle: 'main',
  bundleVersion: '0123abc',
  parseDurationMs: 120,
});

function open(query: string, answers: Answers = {}) {
  return portal(`/airflow/clusters/prod-eu/dags/load_orders${query}`, {
    listClusters: () => ({ items: [clusterOf()] }),
    getDag: () => ({ ...dagPageOf(), usualDurationMs: 60_000 }),
    getDagDetails: () => details,
    listRuns: () => pageOf([]),
    ...answers,
  });
}

/** Tabs beside each other in a bar that is too narrow for all. */
function giveTabs(width: { bar: number; tab: number }) {
  const on = HTMLElement.prototype;
  jest
    .spyOn(on, 'offsetLeft', 'get')
    .mockImplementation(function leftOf(this: HTMLElement) {
      const { children = [] } = this.parentElement ?? {};
      return [...children].indexOf(this) * width.tab;
    });
  jest.spyOn(on, 'offsetWidth', 'get').mockReturnValue(width.tab);
  jest.spyOn(on, 'clientWidth', 'get').mockReturnValue(width.bar);
}

const kinds = (kind: string) => [
  ...document.querySelectorAll(`[data-kind="${kind}"]`),
];

describe('the page of a DAG', () => {
  it('leads back to its cluster, by the name that people call it', async () => {
    open('');
    const cluster = await screen.findByRole('link', { name: 'Production EU' });
    expect(cluster).toHaveAttribute('href', '/airflow/clusters/prod-eu');
  });

  it('is known by its name, its cluster and how it is doing in the tab of the browser', async () => {
    const failing = { failures: 2, since: AT };
    open('', { getDag: () => dagPageOf({ failing }) });
    await waitFor(() =>
      expect(document.title).toMatch(/^✖ load_orders · Production EU \| /),
    );
    expect(document.querySelector('[data-kind="dag-line"]')).toHaveTextContent(
      '✖ 2 runs failed in a row since',
    );
  });

  it('is known by its address until it is there', async () => {
    open('', { getDag: () => new Promise(() => undefined) });
    expect(
      await screen.findByRole('heading', { level: 1, name: 'load_orders' }),
    ).toBeVisible();
    expect(
      screen.getByRole('status', { name: /Loading the DAG/ }),
    ).toBeVisible();
  });

  it('belongs to the DAGs', async () => {
    open('');
    const fleet = await screen.findByRole('navigation', { name: 'Airflow' });
    const [current] = within(fleet)
      .getAllByRole('link')
      .filter(link => link.getAttribute('aria-current') === 'page');
    expect(current).toHaveTextContent('DAGs');
  });

  it('tells when it runs next here, in UTC and in its own zone, and how that is known', async () => {
    open('');
    expect(await screen.findByText('At 03:30')).toBeVisible();
    const next = document.querySelector(
      'time[datetime="2026-11-24T02:30:00.000Z"]',
    );
    expect(next).toHaveAttribute(
      'title',
      '2026-11-24 02:30:00 UTC\n2026-11-24 03:30:00 in Europe/Berlin, inferred from what Airflow announced',
    );
  });

  it('says that its zone was set by a tag', async () => {
    const zone = { name: 'Asia/Tokyo', source: 'tag' as const };
    open('', { getDag: () => dagPageOf({ zone }) });
    expect(await screen.findByText('At 03:30')).toHaveAttribute(
      'title',
      expect.stringContaining('in Asia/Tokyo, set by the tag tz:Asia/Tokyo'),
    );
  });

  it('brings the open one of its many tabs into view on a phone', async () => {
    giveTabs({ bar: 300, tab: 100 });
    open('?tab=docs');
    const bar = await screen.findByRole('navigation', { name: 'DAG' });
    const isInView = (name: string) => {
      const { offsetLeft } = within(bar).getByRole('link', { name });
      return offsetLeft >= bar.scrollLeft && offsetLeft < bar.scrollLeft + 300;
    };
    expect(isInView('Docs')).toBe(true);
    expect(isInView('Overview')).toBe(false);
    await userEvent.click(within(bar).getByRole('link', { name: 'Overview' }));
    await waitFor(() => expect(isInView('Overview')).toBe(true));
    jest.restoreAllMocks();
  });

  it('draws how long runs took, each point leading to its run', async () => {
    const runs = [
      runOf({ runId: 'c', state: 'running', durationMs: null }),
      runOf({ runId: 'b', state: 'failed', durationMs: 5_000 }),
      runOf({ runId: 'a', dueAt: '2026-11-22T02:00:00.000Z' }),
    ];
    open('', { listRuns: () => pageOf(runs) });
    await screen.findByRole('group', { name: 'How long the last 2 runs took' });
    expect(
      kinds('trend-point').map(point => point.getAttribute('href')),
    ).toEqual([
      '/airflow/clusters/prod-eu/dags/load_orders/runs/a',
      '/airflow/clusters/prod-eu/dags/load_orders/runs/b',
    ]);
    expect(
      screen.getByRole('link', { name: /^failed, .*, 5s$/ }),
    ).toBeVisible();
  });

  it('tells who triggered each run: a person, else what Airflow knows', async () => {
    const runs = [
      {
        ...runOf({ runId: 'c', triggeringUser: 'admin' }),
        startedBy: 'user:default/ada',
      },
      runOf({ runId: 'b', triggeringUser: null, triggeredBy: 'rest_api' }),
      runOf({ runId: 'a', triggeringUser: null, triggeredBy: null }),
    ];
    open('?tab=runs', { listRuns: () => pageOf(runs) });
    const table = await screen.findByRole('table', { name: 'Stored runs' });
    const column = within(table)
      .getAllByRole('row')
      .slice(1)
      .map(row => row.querySelector('[data-label="Triggered by"]'));
    expect(column.map(cell => cell?.textContent)).toEqual([
      'ada (through the portal, as admin)',
      'rest api',
      '–',
    ]);
  });

  it('shows its docs without the HTML in them', async () => {
    open('?tab=docs');
    expect(
      await screen.findByRole('heading', { name: 'Orders' }),
    ).toBeVisible();
    expect(document.querySelector('[data-kind="dag-docs"] script')).toBeNull();
  });

  it('tells its limits, its origin and its params', async () => {
    open('?tab=details');
    expect(
      await screen.findByText('after 3 failed runs in a row'),
    ).toBeVisible();
    expect(screen.getByText('0123abc')).toBeVisible();
    expect(kinds('param-row')[0]).toHaveTextContent('rowsinteger5');
  });
});

describe('the code of a DAG', () => {
  const sources: Answers = {
    getDagSource: ({ query: { version = 2 } }) => ({
      code: `# version ${version}\nreturn "same"\n`,
      version,
    }),
  };
  const versions = {
    listDagVersions: () => ({
      items: [2, 1].map(number => ({
        number,
        createdAt: AT,
        bundle: null,
        bundleVersion: null,
      })),
    }),
  };
  const textOf = (kind: string) => kinds(kind).map(one => one.textContent);

  it('is shown in colours', async () => {
    open('?tab=code', { ...sources, listDagVersions: () => ({ items: [] }) });
    expect(await screen.findByText('return')).toHaveAttribute(
      'data-code',
      'keyword',
    );
    expect(textOf('dag-code')).toEqual(['# version 2\nreturn "same"\n\n']);
    expect(kinds('code-version')).toEqual([]);
  });

  it('is compared with another version, as the address says', async () => {
    open('?tab=code&against=1', { ...sources, ...versions });
    await screen.findByText(/^− # version 1/);
    expect(textOf('code-comparison')).toEqual([
      '− # version 1\n+ # version 2\n  return "same"\n',
    ]);
    expect(kinds('code-version')).toHaveLength(1);
  });

  it('says who may allow it when it is refused', async () => {
    open('?tab=code', {
      ...versions,
      getDagSource: () => {
        throw new AirflowApiError(403, {
          code: 'not-allowed',
          message: 'You lack the permission airflow.dag.code.read',
          hint: 'Ask those who keep the policy',
        });
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /code could not be loaded.*airflow.dag.code.read.*Ask those/,
    );
  });
});

describe('the assets of a DAG', () => {
  it('are told apart by what it writes and what it waits for', async () => {
    const asset = (id: number, change: object) => ({
      id,
      name: `asset ${id}`,
      uri: `s3://${id}`,
      consumers: [],
      producers: [],
      lastEventAt: null,
      ...change,
    });
    const { askedOf } = open('?tab=assets', {
      listDagAssets: () => ({
        items: [
          asset(1, {
            consumers: ['load_orders'],
            producers: [{ dagId: 'export', taskId: 'write' }],
          }),
          asset(2, { producers: [{ dagId: 'load_orders', taskId: 'load' }] }),
        ],
      }),
      listAssetEvents: () => ({
        items: [
          {
            id: 7,
            assetId: 1,
            name: 'asset 1',
            at: AT,
            source: { dagId: 'export', runId: 'r1', taskId: 'write' },
            startedRuns: [{ dagId: 'load_orders', runId: 'asset__1' }],
          },
        ],
      }),
    });
    const section = async (name: string) =>
      within(await screen.findByRole('region', { name }));
    const awaited = await section('Runs when these are written');
    expect(awaited.getByText('asset 1')).toBeVisible();
    expect(awaited.getByRole('link', { name: 'export' })).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/export',
    );
    const written = await section('Writes');
    expect(written.getByText('asset 2')).toBeVisible();
    // Events are asked for where somebody looks.
    expect(askedOf('listAssetEvents')).toEqual([]);
    await userEvent.click(awaited.getByText('When it was written'));
    expect(
      await awaited.findByRole('link', { name: 'load_orders' }),
    ).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/load_orders/runs/asset__1',
    );
  });
});

describe('the statistics of a DAG', () => {
  const task = (taskId: string, medianMs: number) => ({
    taskId,
    instances: 4,
    success: 3,
    failed: 1,
    retried: 2,
    medianMs,
    p95Ms: 9_000,
    queuedMs: null,
  });
  const answers: Answers = {
    getRunStatistics: () => ({
      items: [
        {
          days: 7,
          runs: 5,
          success: 3,
          failed: 1,
          medianMs: 61_000,
          p95Ms: null,
          queuedMs: null,
        },
      ],
      storedSince: '2020-01-01T00:00:00.000Z',
    }),
    getTaskStatistics: () => ({
      items: [task('a', 1_000), task('b', 5_000)],
      runs: 4,
      runsThere: 9,
    }),
  };

  it('tell of runs by span, and of tasks over how many runs', async () => {
    open('?tab=statistics', answers);
    await screen.findByText(/Over the last 4 of 9 runs that ended/);
    expect(kinds('run-statistics-row')[0]).toHaveTextContent(
      '7 days575 %25 %1m 1s––',
    );
    expect(kinds('task-statistics-row')[0]).toHaveTextContent(
      'a475 %25 %50 %1s9s–',
    );
  });

  it('say how much of a span there is data for', async () => {
    const storedSince = new Date(Date.now() - 14.5 * 86_400_000).toISOString();
    const item = {
      runs: 5,
      success: 3,
      failed: 1,
      medianMs: null,
      p95Ms: null,
      queuedMs: null,
    };
    open('?tab=statistics&days=30', {
      ...answers,
      getRunStatistics: () => ({
        items: [7, 90].map(days => ({ ...item, days })),
        storedSince,
      }),
    });
    await screen.findByText(/Over the last 4 of 9 runs that ended/);
    const [week, quarter] = kinds('run-statistics-row');
    expect(week).not.toHaveTextContent('of data');
    expect(quarter).toHaveTextContent(/^90 days 14 days of data, since /);
    expect(quarter.querySelector('time')).toHaveAttribute(
      'datetime',
      storedSince,
    );
    // Over the tasks too.
    expect(kinds('known-span')).toHaveLength(2);
  });

  it('sort tasks by any column, kept in the address', async () => {
    const { askedOf } = open('?tab=statistics&days=30&sort=-median', answers);
    await screen.findByRole('table', { name: 'Tasks over time' });
    expect(
      kinds('task-statistics-row').map(row => row.getAttribute('data-task')),
    ).toEqual(['b', 'a']);
    expect(askedOf('getTaskStatistics')[0].query).toEqual({ days: 30 });
  });
});

describe('the calendar of a DAG', () => {
  it('tells each day of a year, and the hours of one that is chosen', async () => {
    const { askedOf } = open('?tab=calendar&zone=Asia/Tokyo&until=2026-11-25', {
      getCalendar: () => ({
        items: [
          {
            startsAt: '2026-11-22T15:00:00.000Z',
            success: 3,
            failed: 1,
            unfinished: 0,
          },
        ],
        storedSince: '2026-11-20T00:00:00.000Z',
      }),
    });
    const day = await screen.findByRole('button', {
      name: 'Mon 23 Nov 2026: 3 successful, 1 failed',
    });
    expect(
      screen.getByRole('button', { name: 'Thu 19 Nov 2026: not stored' }),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Sun 22 Nov 2026: no runs' }),
    ).toBeVisible();
    expect(askedOf('getCalendar')[0].query).toEqual({
      by: 'day',
      from: '2025-11-24',
      to: '2026-11-25',
      zone: 'Asia/Tokyo',
    });
    day.focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(document.activeElement).toHaveAttribute('data-day', '2026-11-22');
    await userEvent.click(day);
    const hours = await screen.findByRole('region', { name: 'Runs by hour' });
    expect(hours).toHaveTextContent('Mon 23 Nov');
    await waitFor(() =>
      expect(askedOf('getCalendar').at(-1)?.query).toMatchObject({
        by: 'hour',
        from: '2026-11-10',
        to: '2026-11-23',
      }),
    );
  });
});
