import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AirflowApiError } from '../..';
import { pageOf } from '../../__testUtils__/alerts';
import { clusterOf, dagOf } from '../../__testUtils__/dags';
import type { Answers } from '../../__testUtils__/fakeApi';
import { portal } from '../../__testUtils__/portal';

const AT = '2026-11-23T02:00:00.000Z';

function open(query: string, answers: Answers = {}, cluster = clusterOf()) {
  return portal(`/airflow/clusters/prod-eu${query}`, {
    getCluster: () => cluster,
    ...answers,
  });
}

const kinds = (kind: string) => [
  ...document.querySelectorAll(`[data-kind="${kind}"]`),
];

describe('the page of a cluster', () => {
  it('tells how it is and what its version can and cannot do', async () => {
    open('');
    expect(await screen.findByText('3.3.2')).toBeVisible();
    expect(kinds('component-light')[0]).toHaveTextContent(
      /scheduler: healthy, .* ago/,
    );
    const can = kinds('capability').map(item => item.textContent);
    expect(can).toContain('✔ versions of DAGs, to compare their code');
    expect(can).toContain('– no backfills');
  });

  it('calls nothing healthy that cannot be read now, but says how it was', async () => {
    const lastSeen = { status: 'healthy' as const, readAt: AT };
    open(
      '',
      {},
      clusterOf({
        status: 'unreachable',
        components: [
          { name: 'scheduler', status: 'unknown', heartbeatAt: AT, lastSeen },
        ],
      }),
    );
    await screen.findByText('3.3.2');
    const [light] = kinds('component-light');
    expect(light).toHaveTextContent(
      /^\? scheduler: unknown, last seen healthy at .* ago\)$/,
    );
    expect(light).toHaveAttribute('data-status', 'unknown');
  });

  it.each([
    [-360_000, "6 min behind the portal's"],
    [0, "as the portal's"],
  ])('says how its clock goes, %d ms apart', async (offsetMs, words) => {
    open('', {}, clusterOf({ clock: { offsetMs, measuredAt: AT } }));
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('says of an account that may only read that it may', async () => {
    open('', {}, clusterOf({ mayWrite: false }));
    expect(await screen.findByText('⊘ may only read')).toBeVisible();
  });

  it('says why it cannot be read, and when that is tried again', async () => {
    open(
      '',
      {},
      clusterOf({
        status: 'unreachable',
        problem: {
          code: 'unauthorized',
          message: "Cluster prod-eu refused the portal's credentials",
          hint: 'Check auth.token of cluster prod-eu',
          retryAt: AT,
        },
      }),
    );
    const problem = await screen.findByText(/refused the portal's credentials/);
    expect(problem).toHaveTextContent(
      /Check auth.token of cluster prod-eu\. The portal tries again at .*; “Refresh now” on the page of the cluster tries at once\./,
    );
    expect(problem.querySelector('time')).toHaveAttribute('datetime', AT);
  });

  it('does not guess what a cluster can do that was not read yet', async () => {
    open('', {}, clusterOf({ airflowVersion: null, capabilities: [] }));
    expect(
      await screen.findByText('Known once its version has been read.'),
    ).toBeVisible();
    expect(kinds('capability')).toEqual([]);
  });

  it('shows those of its DAGs that ran last, and leads to all', async () => {
    const { askedOf } = open('?tab=dags', {
      listDags: () => ({ ...pageOf([dagOf()]), total: 70 }),
      listClusters: () => ({ items: [clusterOf()] }),
    });
    expect(
      await screen.findByRole('link', { name: /^All 70 DAGs/ }),
    ).toHaveAttribute('href', '/airflow/dags?cluster=prod-eu');
    expect(askedOf('listDags')[0].query).toEqual({
      cluster: ['prod-eu'],
      sort: '-lastRunAt',
      limit: 50,
    });
  });

  it('shows import errors by their message, the traceback folded', async () => {
    const stackTrace = 'Traceback:\n  File "a.py"\nKeyError: \'x\'\n';
    open('?tab=import-errors', {
      listImportErrors: () =>
        pageOf([
          {
            cluster: 'prod-eu',
            id: '1',
            filename: 'a.py',
            bundle: 'dags-folder',
            stackTrace,
            occurredAt: AT,
          },
        ]),
    });
    expect(await screen.findByText("KeyError: 'x'")).toBeVisible();
    expect(screen.getByText(/File "a.py"/)).not.toBeVisible();
  });

  it('shows which pools are full', async () => {
    const pool = {
      description: null,
      running: 2,
      queued: 1,
      scheduled: 7,
      deferred: 0,
      countsDeferred: false,
    };
    open('?tab=pools', {
      listPools: () => ({
        items: [
          { ...pool, name: 'db', slots: 3, open: 0 },
          { ...pool, name: 'wide', slots: null, open: null },
        ],
      }),
    });
    const use = await screen.findByRole('meter', { name: /Slots of db/ });
    expect(use).toHaveAttribute('value', '3');
    const [db, wide] = kinds('pool-row');
    expect(db).toHaveTextContent('full');
    expect(wide).toHaveTextContent('no limit');
  });

  it('counts and lists what is installed', async () => {
    open('?tab=packages', {
      listPackages: () => ({
        providers: [{ name: 'http', version: '5.0', description: 'HTTP' }],
        plugins: [],
      }),
    });
    expect(
      await screen.findByRole('heading', { name: 'Providers (1)' }),
    ).toBeVisible();
    expect(screen.getByText('No plugins loaded.')).toBeVisible();
  });
});

describe('the activity of a cluster', () => {
  const line = (id: string, change: object = {}) => ({
    id,
    at: AT,
    event: 'trigger_dag_run',
    who: 'grace',
    dagId: 'load_orders',
    runId: 'manual__2026-11-23T02:00:00+00:00',
    taskId: null,
    portal: null,
    ...change,
  });

  it('says who did what, leads to it, and that it is not all', async () => {
    open('?tab=activity', {
      listActivity: () => ({
        items: [line('2'), line('1', { dagId: null, runId: null })],
        nextCursor: null,
        partial: true,
      }),
    });
    const table = within(
      await screen.findByRole('table', { name: 'Activity' }),
    );
    expect(table.getByRole('link', { name: 'load_orders' })).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/load_orders',
    );
    expect(table.getByRole('link', { name: /manual__/ })).toHaveAttribute(
      'href',
      expect.stringMatching(/manual__2026-11-23T02%3A00%3A00%2B00%3A00$/),
    );
    expect(
      screen.getByText(/DAGs that you may not see are left out/),
    ).toBeVisible();
  });

  it('names who did it through the portal, and why', async () => {
    const portalDeed = {
      id: 'd1',
      at: AT,
      event: 'dag-trigger',
      who: 'user:default/ada',
      dagId: 'load_orders',
      runId: null,
      taskId: null,
      reason: 'late data',
      error: null,
    };
    open('?tab=activity', {
      listActivity: () => ({
        items: [
          line('2', { who: 'admin', portal: portalDeed }),
          line('portal-d1', { who: null, portal: portalDeed }),
        ],
        nextCursor: null,
        partial: false,
      }),
    });
    expect(
      await screen.findByText(/ada \(through the portal, as admin\)/),
    ).toHaveTextContent('late data');
    expect(screen.getByText(/ada \(through the portal\)/)).toBeVisible();
  });

  it('is filtered and paged through by the address', async () => {
    const { askedOf } = open('?tab=activity&who=grace', {
      listActivity: () => ({
        items: [line('2')],
        nextCursor: '50@2026-11-23T02:00:00.000Z',
        partial: false,
      }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Older' }));
    expect(await screen.findByRole('button', { name: 'Newest' })).toBeVisible();
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Event' }),
      'patch_dag',
    );
    await waitFor(() =>
      expect(askedOf('listActivity').at(-1)?.query).toEqual({
        who: 'grace',
        event: 'patch_dag',
      }),
    );
  });

  it("says plainly when Airflow's role does not allow it", async () => {
    open('?tab=activity', {
      listActivity: () => {
        throw new AirflowApiError(403, {
          code: 'forbidden',
          message: "The portal's user may not do this on cluster prod-eu",
          hint: 'Give the user that the portal signs in as a role in Airflow',
        });
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /activity could not be loaded.*may not do this.*Give the user/,
    );
  });
});
