import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { pageOf } from '../../__testUtils__/alerts';
import { dagPortal, kinds } from '../../__testUtils__/dagPortal';
import {
  clusterOf,
  dagDetailsOf,
  dagPageOf,
  runOf,
} from '../../__testUtils__/dags';
import type { Answers } from '../../__testUtils__/fakeApi';

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

/** As {@link dagPortal}, of a DAG that has set much. */
function open(query: string, answers: Answers = {}) {
  return dagPortal(query, { getDagDetails: () => details, ...answers });
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

describe('the page of a DAG', () => {
  it('leads back to its cluster, by the name that people call it', async () => {
    open('');
    const cluster = await screen.findByRole('link', { name: 'Production EU' });
    expect(cluster).toHaveAttribute('href', '/airflow/clusters/prod-eu');
  });

  it('says of when it is where its cluster cannot be read, and why', async () => {
    const problem: Problem = {
      code: 'timeout',
      message: 'It sent nothing',
      hint: 'See',
    };
    const down = clusterOf({ status: 'unreachable', problem });
    open('', { listClusters: () => ({ items: [down] }) });
    expect(await screen.findByText(/^Shown as of/)).toHaveTextContent(
      /ago\), since Production EU cannot be read\. It sent nothing\. See$/,
    );
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
